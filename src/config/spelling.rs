//! Guesses which name was meant by an unknown one.

/// The nearest of these names, if it is near enough: at most one mistake for every three characters.
pub(super) fn nearest<'a>(typed: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_ascii_lowercase().replace('-', "_");
    let distances = names.into_iter().map(|name| (strsim::osa_distance(&typed, name), name));
    let (distance, name) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance <= typed.chars().count() / 3).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_near_and_another_word_is_not() {
        let names = ["port", "registration", "session_hours", "session_idle_minutes"];
        for (typed, meant) in [
            ("prot", Some("port")),
            ("PORT", Some("port")),
            ("regstration", Some("registration")),
            ("session-hours", Some("session_hours")),
            ("sesion_idle_minute", Some("session_idle_minutes")),
            ("session", None),
            ("foo", None),
            ("", None),
        ] {
            assert_eq!(nearest(typed, names), meant, "{typed}");
        }
    }
}
