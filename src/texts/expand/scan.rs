//! Cuts a template into its tags and what is between them. Comments and raw blocks count as text.

/// A part of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// What stands as it is.
    Text(&'t str),
    /// A tag `{{ … }}` or `{% … %}`, whole.
    Tag(&'t str),
}

impl<'t> Piece<'t> {
    pub(super) fn text(self) -> &'t str {
        let (Piece::Text(text) | Piece::Tag(text)) = self;
        text
    }
}

/// The parts of a template. One that is broken is left for its parser to complain about.
pub(super) fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some(start) = next_tag(rest) {
        let (text, tag) = rest.split_at(start);
        pieces.push(Piece::Text(text));
        let length = if tag.starts_with("{#") {
            tag.find("#}").map(|end| end + 2)
        } else if is_raw(tag) {
            tag.find("endraw").and_then(|end| Some(end + tag[end..].find("%}")? + 2))
        } else {
            end_of_tag(tag)
        };
        let (tag, after) = tag.split_at(length.unwrap_or(tag.len()));
        pieces.push(if tag.starts_with("{#") || is_raw(tag) { Piece::Text(tag) } else { Piece::Tag(tag) });
        rest = after;
    }
    pieces.push(Piece::Text(rest));
    pieces
}

fn next_tag(text: &str) -> Option<usize> {
    ["{{", "{%", "{#"].iter().filter_map(|begin| text.find(begin)).min()
}

fn is_raw(tag: &str) -> bool {
    let inside = tag.strip_prefix("{%").map(|inside| inside.trim_start_matches('-').trim_start());
    inside.is_some_and(|inside| inside.starts_with("raw"))
}

/// The length of the tag at the start of this text.
fn end_of_tag(text: &str) -> Option<usize> {
    let end = if text.starts_with("{{") { "}}" } else { "%}" };
    outside_quotes(text).find(|place| text[*place..].starts_with(end)).map(|place| place + end.len())
}

/// The places of a text in a tag that are outside of its quoted texts, the quotes included.
pub(super) fn outside_quotes(text: &str) -> impl Iterator<Item = usize> {
    let mut quote = None;
    text.char_indices().filter_map(move |(place, sign)| match quote {
        Some(open) => {
            if sign == open {
                quote = None;
            }
            None
        }
        None => {
            if matches!(sign, '"' | '\'' | '`') {
                quote = Some(sign);
            }
            Some(place)
        }
    })
}
