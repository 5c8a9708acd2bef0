//! What an error answer should say beside its status. A guard that fails leaves it in the request; the
//! catcher shows it, as a page or as JSON.

use rocket::Request;

/// What a person can do about it, and which fields it is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problem {
    /// One or two sentences, instead of the usual ones of the status.
    pub detail: Option<String>,
    /// Name and message of each bad field.
    pub fields: Vec<(String, String)>,
}

impl Problem {
    /// The problem of a request; an empty one when nobody left any.
    pub fn of<'r>(request: &'r Request<'_>) -> &'r Problem {
        request.local_cache(Problem::default)
    }
}

/// Leaves a sentence. The first one stays.
pub fn note(request: &Request<'_>, detail: &str) {
    request.local_cache(|| Problem { detail: Some(detail.to_owned()), fields: Vec::new() });
}

/// Leaves messages about fields. The first ones stay.
pub fn note_fields(request: &Request<'_>, fields: Vec<(String, String)>) {
    request.local_cache(|| Problem { detail: None, fields });
}
