//! Tags in a text: `<link>…</link>` stands around what the template makes a link of. The template says what the tag is;
//! a few that need nothing are known.

use super::pattern::Part;

/// Tags of HTML that stand for themselves.
pub(super) const PLAIN: [&str; 3] = ["strong", "code", "bdi"];

/// The parts of a text between its tags.
///
/// # Errors
/// When a `<` begins no tag.
pub(super) fn parts(text: &str) -> Result<Vec<Part>, String> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        let (tag, after) = tag.split_once('>').unwrap_or((tag, ""));
        let name = tag.strip_prefix('/').unwrap_or(tag);
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
            return Err("a `<` has to begin a tag such as <link> or </link>; write {\"<\"} for the sign".to_owned());
        }
        if !before.is_empty() {
            parts.push(Part::Text(before.to_owned()));
        }
        parts.push(if tag.starts_with('/') { Part::Closes(name.to_owned()) } else { Part::Opens(name.to_owned()) });
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest.to_owned()));
    }
    Ok(parts)
}

/// Looks whether each tag of a pattern is closed where it was opened.
///
/// # Errors
/// A sentence that names the tag.
pub(super) fn check(pattern: &[Part]) -> Result<(), String> {
    let mut open: Vec<&str> = Vec::new();
    for part in pattern {
        match part {
            Part::Opens(name) => open.push(name),
            Part::Closes(name) if open.last() == Some(&name.as_str()) => {
                open.pop();
            }
            Part::Closes(name) => return Err(format!("</{name}> closes no tag that is open")),
            Part::Choice(choice) => choice.patterns().try_for_each(check)?,
            Part::Text(_) | Part::Variable(_) | Part::Number(_) => {}
        }
    }
    open.pop().map_or(Ok(()), |name| Err(format!("<{name}> is not closed: end it with </{name}>")))
}
