//! The audit: who did what to whom, when and from where. A row, written in the transaction of the change
//! it records, and a JSON line in the log.
//!
//! The line is written before the commit. Should that fail, an error line follows, and the row is missing.
//!
//! Never in it: a password, a token, or a name that belongs to nobody (see `Accounts::name_digest`).

use std::net::IpAddr;

use diesel::prelude::*;

use crate::db::{self, DbConnection, schema::audit_events};

/// The most characters of a detail.
const MAX_DETAIL: usize = 255;

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Nobody that we know.
    Stranger,
    /// The user of this id.
    User(String),
    /// Whoever runs the command line.
    Operator,
}

/// Where a request comes from; for the audit and for the list of sessions.
#[derive(Debug, Clone)]
pub struct Source {
    /// Who acts.
    pub actor: Actor,
    /// The address of the client; none for the command line.
    pub address: Option<IpAddr>,
    /// What the browser says it is, cut to 255 characters.
    pub user_agent: Option<String>,
    /// The id of the request, the same for all that it caused.
    pub request_id: String,
}

impl Source {
    /// The command line.
    pub fn operator() -> Source {
        Source { actor: Actor::Operator, address: None, user_agent: None, request_id: db::new_id() }
    }

    /// The same source, with this user acting.
    pub fn acting_as(self, user_id: &str) -> Source {
        Source { actor: Actor::User(user_id.to_owned()), ..self }
    }

    /// The address as text.
    pub fn address_text(&self) -> Option<String> {
        self.address.map(|address| address.to_string())
    }
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// A login with the right password.
    LoginSucceeded,
    /// A login that was refused; the detail says why.
    LoginFailed,
    /// A login that was not looked at: too many attempts.
    LoginThrottled,
    /// An operator made an access token.
    TokenIssued,
    /// A spent refresh token came back; its session was ended.
    RefreshTokenReused,
    /// Tokens are signed with a new key.
    KeyRotated,
    /// All tokens of a key were made invalid.
    KeyRetired,
    /// Someone ended their own session.
    LoggedOut,
    /// An operator ended sessions.
    SessionsEnded,
    /// A request from another site was refused.
    RequestRefused,
    /// An account was made.
    UserCreated,
    /// The name or the address of an account was changed.
    UserChanged,
    /// What an app keeps for a user was changed.
    UserDataChanged,
    /// A sign-up was refused: too many from one network.
    SignUpThrottled,
    /// An account got another username.
    UserRenamed,
    /// An account got another password.
    PasswordSet,
    /// An account was given a role.
    RoleAdded,
    /// A role was taken away.
    RoleRemoved,
    /// An operator forgot failed attempts.
    ThrottleCleared,
    /// An account may log in again.
    UserEnabled,
    /// An account may not log in any more.
    UserDisabled,
    /// An account was removed with all that belongs to it.
    UserDeleted,
    /// A todo was made.
    TodoCreated,
    /// What a todo says was changed.
    TodoChanged,
    /// An admin marked a todo as done.
    TodoDone,
    /// An admin marked a todo as not done.
    TodoUndone,
    /// A todo was removed.
    TodoDeleted,
}

impl Event {
    /// The name of the event in the audit.
    pub fn as_str(self) -> &'static str {
        match self {
            Event::LoginSucceeded => "login.succeeded",
            Event::LoginFailed => "login.failed",
            Event::LoginThrottled => "login.throttled",
            Event::TokenIssued => "token.issued",
            Event::RefreshTokenReused => "token.reused",
            Event::KeyRotated => "key.rotated",
            Event::KeyRetired => "key.retired",
            Event::LoggedOut => "logout",
            Event::SessionsEnded => "session.ended",
            Event::RequestRefused => "request.refused",
            Event::UserCreated => "user.created",
            Event::UserChanged => "user.changed",
            Event::UserDataChanged => "user.data_changed",
            Event::SignUpThrottled => "sign_up.throttled",
            Event::UserRenamed => "user.renamed",
            Event::PasswordSet => "password.set",
            Event::RoleAdded => "role.added",
            Event::RoleRemoved => "role.removed",
            Event::ThrottleCleared => "throttle.cleared",
            Event::UserEnabled => "user.enabled",
            Event::UserDisabled => "user.disabled",
            Event::UserDeleted => "user.deleted",
            Event::TodoCreated => "todo.created",
            Event::TodoChanged => "todo.changed",
            Event::TodoDone => "todo.done",
            Event::TodoUndone => "todo.undone",
            Event::TodoDeleted => "todo.deleted",
        }
    }
}

/// Writes what happened: to whom (a user's id), and in a few words what else there is to know.
pub fn record(
    connection: &mut DbConnection,
    source: &Source,
    event: Event,
    target: Option<&str>,
    detail: Option<&str>,
) -> db::Result<()> {
    let actor = match &source.actor {
        Actor::Stranger => None,
        Actor::User(id) => Some(id.as_str()),
        Actor::Operator => Some("operator"),
    };
    let address = source.address_text();
    let detail: Option<String> = detail.map(|detail| detail.chars().take(MAX_DETAIL).collect());
    diesel::insert_into(audit_events::table)
        .values((
            audit_events::id.eq(db::new_id()),
            audit_events::at.eq(db::now()),
            audit_events::event.eq(event.as_str()),
            audit_events::actor.eq(actor),
            audit_events::target.eq(target),
            audit_events::address.eq(&address),
            audit_events::user_agent.eq(&source.user_agent),
            audit_events::request_id.eq(&source.request_id),
            audit_events::detail.eq(&detail),
        ))
        .execute(connection)?;
    tracing::info!(
        target: "audit",
        event = event.as_str(),
        actor,
        target = target,
        address,
        request_id = source.request_id,
        detail,
    );
    Ok(())
}
