//! A call `t(key="…", name=value)` in a tag of a template.

use super::scan::outside_quotes;

/// What is called, and what is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Call<'t> {
    pub key: &'t str,
    pub arguments: Arguments<'t>,
}

/// Names and values, as the template writes them.
type Arguments<'t> = Vec<(&'t str, &'t str)>;

const BEGIN: &str = "t(";

impl<'t> Call<'t> {
    /// The call that is all there is in a tag `{{ … }}`.
    pub(super) fn alone(tag: &'t str) -> Result<Option<Call<'t>>, String> {
        let inside = tag.strip_prefix("{{").and_then(|tag| tag.strip_suffix("}}"));
        let Some(inside) = inside.map(|inside| inside.trim_matches('-').trim()) else { return Ok(None) };
        match Call::within(inside)? {
            Some(("", call, "")) => Ok(Some(call)),
            _ => Ok(None),
        }
    }

    /// The first call in a text, with what stands before and after it.
    pub(super) fn within(text: &'t str) -> Result<Option<(&'t str, Call<'t>, &'t str)>, String> {
        let begins = |place: &usize| {
            let before = text[..*place].chars().next_back();
            text[*place..].starts_with(BEGIN)
                && !before.is_some_and(|sign| sign.is_alphanumeric() || "_.:".contains(sign))
        };
        let Some(start) = outside_quotes(text).find(begins) else { return Ok(None) };
        let inside = &text[start + BEGIN.len()..];
        let (arguments, length) = arguments(inside)?;
        let mut arguments = arguments.into_iter();
        let key = match arguments.next() {
            Some(("key", value)) => quoted(value),
            _ => None,
        };
        let key = key.ok_or("a text is named by its key in quotes: t(key=\"login-title\")")?;
        let call = Call { key, arguments: arguments.collect() };
        Ok(Some((&text[..start], call, &inside[length..])))
    }

    /// What is given for a variable.
    pub(super) fn value(&self, name: &str) -> Option<&'t str> {
        self.arguments.iter().find(|(given, _)| *given == name).map(|(_, value)| *value)
    }

    /// What is given for a tag: a quoted text that begins with one.
    pub(super) fn tag(&self, name: &str) -> Option<&'t str> {
        self.value(name).and_then(quoted).filter(|tag| tag.starts_with('<'))
    }
}

/// The arguments up to the closing bracket, and how long they are with it.
fn arguments(text: &str) -> Result<(Arguments<'_>, usize), String> {
    let (mut arguments, mut start, mut depth) = (Vec::new(), 0, 0);
    for place in outside_quotes(text) {
        let sign = text[place..].chars().next();
        match sign {
            Some('(' | '[') => depth += 1,
            Some(')' | ']') if depth > 0 => depth -= 1,
            Some(',' | ')') if depth == 0 => {
                let (name, value) = text[start..place].split_once('=').ok_or("each argument is `name=value`")?;
                arguments.push((name.trim(), value.trim()));
                start = place + 1;
                if sign == Some(')') {
                    return Ok((arguments, start));
                }
            }
            _ => {}
        }
    }
    Err("t( is not closed".to_owned())
}

/// The text between quotes.
fn quoted(value: &str) -> Option<&str> {
    ['"', '\'', '`'].iter().find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote))
}
