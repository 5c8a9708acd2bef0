//! Requests for tokens: a name and a password in the format of this API, or an OAuth grant.

use serde_json::Value;

use crate::accounts::token::RefreshToken;
use crate::api::body::{Body, Draft};
use crate::api::error::Error;

/// A request for tokens.
pub enum Asked {
    /// In the format of this API.
    Login(Credentials),
    /// As an OAuth grant, valid or not. A `grant_type` makes the rules of OAuth apply (RFC 6749).
    Grant(Result<Grant, Error>),
}

/// An OAuth grant.
pub enum Grant {
    /// RFC 6749, 4.3.
    Password(Credentials),
    /// RFC 6749, 6: a refresh token.
    Refresh(String),
}

/// A name and a password. No `Debug`, since the password is in plain text.
pub struct Credentials {
    pub login: String,
    pub password: String,
    pub device: Option<RefreshToken>,
}

impl Body for Asked {
    const FORM: bool = true;
    const MULTIPART: bool = true;

    fn read(draft: &mut Draft) -> Option<Asked> {
        if draft.is_filled("grant_type") {
            let grant = read_grant(draft);
            draft.let_be();
            return Some(Asked::Grant(grant));
        }
        Some(Asked::Login(read_login(draft)?))
    }
}

fn read_login(draft: &mut Draft) -> Option<Credentials> {
    let mut names = ["login", "username", "email"].into_iter().filter_map(|name| Some((name, draft.value(name)?)));
    let (first, second) = (names.next(), names.next());
    let login = match (first, second) {
        (Some((_, Value::String(login))), None) if !login.is_empty() => Some(login),
        (Some((name, _)), None) => {
            draft.refuse(name, "This has to be a text that is not empty.");
            None
        }
        (None, _) => {
            draft.refuse("login", "This field is missing.");
            None
        }
        (Some(_), Some((name, _))) => {
            draft.refuse(name, "Send one of login, username and email.");
            None
        }
    };
    let password = draft.required("password");
    let device = draft.text("device").and_then(|text| RefreshToken::parse(&text));
    Some(Credentials { login: login?, password: password?, device })
}

fn read_grant(draft: &mut Draft) -> Result<Grant, Error> {
    refuse_doubled(draft)?;
    match required(draft, "grant_type")?.as_str() {
        "password" => Ok(Grant::Password(Credentials {
            login: required(draft, "username")?,
            password: required(draft, "password")?,
            device: parameter(draft, "device")?.and_then(|text| RefreshToken::parse(&text)),
        })),
        "refresh_token" => Ok(Grant::Refresh(required(draft, "refresh_token")?)),
        _ => Err(Error::oauth("unsupported_grant_type", "Use the grant_type password or refresh_token.")),
    }
}

/// Refuses an OAuth request that repeats a parameter (RFC 6749, 3.2).
pub(super) fn refuse_doubled(draft: &Draft) -> Result<(), Error> {
    match draft.doubled() {
        None => Ok(()),
        Some(_) => Err(Error::oauth("invalid_request", "A parameter was sent more than once.")),
    }
}

/// A required OAuth parameter.
pub(super) fn required(draft: &mut Draft, name: &str) -> Result<String, Error> {
    let missing = || Error::oauth("invalid_request", &format!("The parameter {name} is missing."));
    parameter(draft, name)?.ok_or_else(missing)
}

/// An optional OAuth parameter. An empty one counts as absent (RFC 6749, 3.2).
fn parameter(draft: &mut Draft, name: &str) -> Result<Option<String>, Error> {
    match draft.value(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text).filter(|text| !text.is_empty())),
        Some(_) => Err(Error::oauth("invalid_request", &format!("The parameter {name} has to be a text."))),
    }
}
