//! A text in the words of a template.

use super::call::Call;
use crate::texts::compiled::Compiled;
use crate::texts::numbers::FILTER;
use crate::texts::pattern::{Case, Choice, Part};
use crate::texts::tags::PLAIN;

/// What a template makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A page: words are escaped.
    Html,
    /// Plain text, such as a letter.
    Plain,
}

/// A text that stands where the template writes its own.
pub(super) fn alone(to: &mut String, pattern: &[Part], call: &Call<'_>, format: Format) -> Result<(), String> {
    for part in pattern {
        match part {
            Part::Text(words) => words.chars().for_each(|sign| push(to, sign, format)),
            Part::Variable(name) => to.extend(["{{ ", given(call, name)?, " }}"]),
            Part::Number(name) => to.extend(["{{ ", given(call, name)?, " | ", FILTER, " }}"]),
            Part::Choice(choice) => {
                let Choice { variable, cases, otherwise } = &**choice;
                let value = given(call, variable)?;
                let mut word = "if";
                for (case, pattern) in cases {
                    to.extend(["{% ", word, " ", &condition(case, value), " %}"]);
                    alone(to, pattern, call, format)?;
                    word = "elif";
                }
                to.push_str(if cases.is_empty() { "" } else { "{% else %}" });
                alone(to, otherwise, call, format)?;
                to.push_str(if cases.is_empty() { "" } else { "{% endif %}" });
            }
            Part::Opens(name) => match call.tag(name) {
                Some(tag) => to.push_str(tag),
                None if PLAIN.contains(&name.as_str()) => to.extend(["<", name, ">"]),
                None => return Err(format!("<{name}> is unknown")),
            },
            Part::Closes(name) => match call.tag(name) {
                Some(tag) => elements(tag).iter().rev().for_each(|element| to.extend(["</", element, ">"])),
                None => to.extend(["</", name, ">"]),
            },
        }
    }
    Ok(())
}

/// A text that is a value of the template: quoted words and variables, put together.
///
/// # Errors
/// A sentence that tells the operator what to write instead, in the text or, for a built-in text, in the template.
pub(super) fn as_value(text: &Compiled, call: &Call<'_>) -> Result<String, String> {
    let key = call.key;
    let parts = text.pattern.iter().map(|part| match (part, &text.changed_at) {
        (Part::Text(words), place) => quote(words).ok_or_else(|| {
            let place = place.as_ref().map(|place| format!(" ({place})")).unwrap_or_default();
            format!("the text {key}{place} has all three kinds of quotes, \" ' and `: use fewer")
        }),
        (Part::Variable(name), _) => Ok(given(call, name)?.to_owned()),
        (_, Some(place)) => Err(format!(
            "the text {key} ({place}) can have no tags, no choices and no NUMBER(), because it is a value in this template: write it \
             without"
        )),
        (_, None) => Err(format!(
            "the text {key} has tags, choices or NUMBER(), so it has to stand in a tag of its own: {{{{ t(key=\"{key}\") }}}}"
        )),
    });
    Ok(parts.collect::<Result<Vec<_>, _>>()?.join(" ~ "))
}

/// What a variable stands for.
fn given<'t>(call: &Call<'t>, name: &str) -> Result<&'t str, String> {
    call.value(name).ok_or_else(|| format!("nothing is given for {name}"))
}

fn condition(case: &Case, value: &str) -> String {
    match case {
        Case::Number(number) => format!("{value} == {number}"),
        Case::Plural(category) => category.asked(value),
        Case::Word(word) => format!("{value} == \"{word}\""),
    }
}

/// A sign of a text, so that it means itself in HTML and to the engine.
fn push(to: &mut String, sign: char, format: Format) {
    match (format, sign) {
        (Format::Html, '&') => to.push_str("&amp;"),
        (Format::Html, '<') => to.push_str("&lt;"),
        (Format::Html, '>') => to.push_str("&gt;"),
        (Format::Html, '"') => to.push_str("&quot;"),
        (Format::Html, '\'') => to.push_str("&#x27;"),
        (Format::Html, '{') => to.push_str("&#123;"),
        (Format::Plain, '{') => to.push_str("{{ \"{\" }}"),
        _ => to.push(sign),
    }
}

/// A text in quotes that it doesn't hold itself: the engine knows three kinds, and no escapes.
fn quote(words: &str) -> Option<String> {
    let quote = ['"', '\'', '`'].into_iter().find(|quote| !words.contains(*quote))?;
    Some(format!("{quote}{words}{quote}"))
}

/// The names of the elements that a text of tags opens.
fn elements(tags: &str) -> Vec<&str> {
    let begins = tags.match_indices('<').map(|(place, _)| &tags[place + 1..]);
    let names = begins.map(|rest| &rest[..rest.find(|sign: char| !sign.is_ascii_alphanumeric()).unwrap_or(rest.len())]);
    names.filter(|name| !name.is_empty()).collect()
}
