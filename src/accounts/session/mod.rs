//! Sessions: who is logged in, where, and until when.
//!
//! Requests find theirs through `Accounts::recognise`, which remembers an answer for a second.

mod begin;
mod clock;
mod ending;
mod find;
mod lifetimes;
mod list;
mod rights;
mod settle;
mod token;
mod touch;

use std::sync::OnceLock;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::source::Acting;
use super::user::{User, role};
use crate::db::schema::sessions;

pub use begin::NewSession;
pub(super) use begin::{begin, renew};
pub use ending::{Ending, end, end_others, end_own, log_out};
pub(super) use ending::{end_all_of, end_one_of, replace};
pub(super) use find::{find, find_by_id};
pub use lifetimes::Lifetimes;
pub use list::{Search, list, page, show};
pub use rights::Revoked;
pub(super) use rights::look;
pub(super) use settle::settle;
pub use token::SessionToken;
pub(super) use touch::{Touching, note_use, touch};

/// A session that has not ended.
#[derive(Debug, Clone, Queryable, Selectable, serde::Serialize)]
pub struct Session {
    /// The id: for lists, not a secret.
    pub id: String,
    /// Whose it is.
    pub user_id: String,
    /// Whether it was begun with "remember me".
    pub remembered: bool,
    /// When it began, in UTC.
    pub created_at: NaiveDateTime,
    /// When a password was last asked for.
    pub authenticated_at: NaiveDateTime,
    /// When it was last used, to the minute.
    pub last_seen_at: NaiveDateTime,
    /// When it ends unless it is used.
    pub idle_expires_at: NaiveDateTime,
    /// When it ends in any case.
    pub expires_at: NaiveDateTime,
    /// The address that it began from.
    pub address: Option<String>,
    /// The browser that it began in.
    pub user_agent: Option<String>,
    kind: String,
}

/// How a session is recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// By a cookie.
    Browser {
        /// Whether it outlives the browser.
        remembered: bool,
    },
    /// By access and refresh tokens.
    Token,
}

impl Kind {
    /// The name of the kind: `browser` or `token`.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Browser { .. } => "browser",
            Kind::Token => "token",
        }
    }
}

impl Session {
    /// How it is recognised.
    pub fn kind(&self) -> Kind {
        if self.kind == Kind::Token.as_str() { Kind::Token } else { Kind::Browser { remembered: self.remembered } }
    }
}

/// Someone who is signed in: the proof that a token was right.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The session.
    pub session: Session,
    /// The account, as it is now.
    pub user: User,
    /// The roles, as they are now.
    pub roles: Vec<String>,
    /// The signing key of the access token that showed it; none for a cookie.
    pub(super) signing_key: Option<String>,
    /// What an answer tells of all this, once it was written: it is the same for all requests for which this is
    /// remembered.
    pub document: OnceLock<String>,
}

impl Identity {
    /// By a session; [`token::access`](super::token) adds the key of an access token.
    pub(super) fn new(session: Session, user: User, roles: Vec<String>) -> Identity {
        Identity { session, user, roles, signing_key: None, document: OnceLock::new() }
    }

    /// Who acts when they do something.
    pub fn acting(&self) -> Acting {
        Acting::new(&self.user.id, &self.session.id, self.signing_key.as_deref())
    }

    /// Whether they may do everything.
    pub fn is_admin(&self) -> bool {
        role::is_admin(&self.roles)
    }
}
