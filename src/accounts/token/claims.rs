//! What an access token says (RFC 9068, 2.2).

use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::profile::{CLIENT, Profile};
use crate::accounts::session::Identity;
use crate::db;

/// How many bytes the names of roles may have together. Base64 makes a third more of them, and a token has to fit into
/// a line of a header.
const MOST_OF_ROLES: usize = 2048;

/// What a new token says.
#[derive(Serialize)]
pub(super) struct Claims<'a> {
    iss: &'a str,
    aud: OneOrMany<'a>,
    /// The user's id.
    sub: &'a str,
    client_id: &'static str,
    /// The session's id.
    sid: &'a str,
    jti: String,
    iat: i64,
    exp: i64,
    preferred_username: &'a str,
    name: &'a str,
    /// Left out when there are none, because Authlib refuses empty lists, and when they are too many. A service that
    /// looks for a role then finds none, and can ask `/api/v1/session`.
    #[serde(skip_serializing_if = "Option::is_none")]
    roles: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
}

/// One name alone is written as a text, which is the usual case (RFC 7519, 4.1.3).
#[derive(Serialize)]
#[serde(untagged)]
enum OneOrMany<'a> {
    One(&'a str),
    Many(&'a [String]),
}

impl<'a> Claims<'a> {
    /// What a token of this session says from now on.
    pub fn of(identity: &'a Identity, profile: &'a Profile, lifetime: Duration) -> Claims<'a> {
        let Identity { session, user, roles, .. } = identity;
        let now = db::now().and_utc().timestamp();
        let length: usize = roles.iter().map(|role| role.len() + 3).sum();
        Claims {
            iss: &profile.issuer,
            aud: match profile.audience.as_slice() {
                [one] => OneOrMany::One(one),
                many => OneOrMany::Many(many),
            },
            sub: &user.id,
            client_id: CLIENT,
            sid: &session.id,
            jti: db::new_id(),
            iat: now,
            exp: now + lifetime.num_seconds(),
            preferred_username: &user.username,
            name: &user.display_name,
            roles: (1..=MOST_OF_ROLES).contains(&length).then_some(roles.as_slice()),
            email: user.email.as_deref().filter(|_| profile.email),
        }
    }
}

/// What is read of a token. Who it belongs to is in the database, so the rest is for others.
#[derive(Deserialize)]
pub(super) struct Read {
    /// A text, where the library would take a list too (RFC 7519, 4.1.1).
    #[serde(rename = "iss")]
    _iss: String,
    pub sub: String,
    pub sid: String,
    /// Has to be there (RFC 9068, 2.2).
    #[serde(rename = "jti")]
    _jti: String,
    pub iat: i64,
    pub exp: i64,
    client_id: Option<String>,
}

impl Read {
    /// Whether it names the client that it has to; tokens of the first keys name none.
    pub fn names_its_client(&self, signed_by_a_first_key: bool) -> bool {
        match &self.client_id {
            Some(client) => client == CLIENT,
            None => signed_by_a_first_key,
        }
    }
}
