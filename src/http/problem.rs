//! What an error answer should say beside its status. A guard that fails leaves it in the request; the
//! catcher shows it, as a page or as JSON.

use rocket::Request;

use crate::accounts::throttle::Wait;
use crate::texts::{Given, Message};

/// The most fields that an answer names: more than any form or body of ours has.
const MOST_FIELDS: usize = 16;

/// The most bytes of a name that an answer repeats.
const LONGEST_NAME: usize = 64;

/// What a person can do about it, and which fields it is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problem {
    /// One or two sentences that replace the usual ones of the status.
    pub detail: Option<Given>,
    /// Name and message of each bad field.
    pub fields: Vec<(String, Given)>,
    /// How long to wait before the next try.
    pub wait: Option<Wait>,
}

impl Problem {
    /// The problem of a request; empty when none was noted.
    pub fn of<'r>(request: &'r Request<'_>) -> &'r Problem {
        request.local_cache(Problem::default)
    }
}

/// Notes a sentence. The first one stays.
pub fn note(request: &Request<'_>, detail: impl Into<Given>) {
    request.local_cache(|| Problem { detail: Some(detail.into()), ..Problem::default() });
}

/// Notes a sentence and how long to wait. The first one stays; returns whether this was the first.
pub fn note_wait(request: &Request<'_>, wait: Wait, detail: Message) -> bool {
    let problem = Problem { detail: Some(detail.into()), fields: Vec::new(), wait: Some(wait) };
    let mut first = false;
    request.local_cache(|| {
        first = true;
        problem
    });
    first
}

/// Notes messages about fields, shortened to what an answer may hold. The first ones stay.
pub fn note_fields(request: &Request<'_>, fields: Vec<(String, Given)>) {
    request.local_cache(|| {
        let (fields, detail) = bounded(fields);
        Problem { detail: detail.map(Given::from), fields, wait: None }
    });
}

/// As many of the messages as an answer may hold, and a sentence when these are not all: nobody sees more than 1 KiB of
/// what was sent come back, least of all someone who was made to send it.
pub fn bounded<T>(mut fields: Vec<(String, T)>) -> (Vec<(String, T)>, Option<Message>) {
    let all = fields.len();
    fields.truncate(MOST_FIELDS);
    for (name, _) in &mut fields {
        if name.len() > LONGEST_NAME {
            name.truncate((0..=LONGEST_NAME).rev().find(|end| name.is_char_boundary(*end)).unwrap_or(0));
            name.push('…');
        }
    }
    let detail =
        (all > MOST_FIELDS).then(|| Message::new("error-first-fields").with("shown", MOST_FIELDS).with("all", all));
    (fields, detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_than_a_kibibyte_of_names_is_repeated() {
        let fields = |count: usize, name: &str| vec![(name.to_owned(), "Message".to_owned()); count];
        for name in ["", "a", "username", &"x".repeat(64)] {
            assert_eq!(bounded(fields(16, name)), (fields(16, name), None), "{name}: as it is");
        }
        let (cut, detail) = bounded(fields(16_000, &"ä".repeat(40)));
        assert_eq!(cut, fields(16, &format!("{}…", "ä".repeat(32))));
        assert_eq!(detail.unwrap().to_string(), "These are the first 16 of 16000 fields that can't be used.");
    }
}
