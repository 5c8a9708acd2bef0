//! The audit: who did what to whom, when and from where. A row, written in the transaction of the change
//! it records, and a JSON line in the log.
//!
//! The line is written after the commit: what the log tells has happened, and is in the table.
//!
//! Never in it: a password, a token, or a name that belongs to nobody (see `Accounts::name_digest`).

use diesel::prelude::*;

use super::work::Work;
use crate::db::{self, schema::audit_events};

pub use super::source::{Actor, Source};

/// The most characters of a detail.
const MAX_DETAIL: usize = 255;

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

/// Writes what happened: to whom (a user's id), and in a few words what else there is to know. The log gets its line
/// after the commit.
pub fn record(work: &mut Work<'_>, event: Event, target: Option<&str>, detail: Option<&str>) -> db::Result<()> {
    let source = work.source();
    let line = Line {
        event,
        actor: source.actor.as_str().map(str::to_owned),
        target: target.map(str::to_owned),
        address: source.address_text(),
        request_id: source.request_id.clone(),
        detail: detail.map(|detail| detail.chars().take(MAX_DETAIL).collect()),
    };
    let user_agent = source.user_agent.clone();
    diesel::insert_into(audit_events::table)
        .values((
            audit_events::id.eq(db::new_id()),
            audit_events::at.eq(db::now()),
            audit_events::event.eq(event.as_str()),
            audit_events::actor.eq(&line.actor),
            audit_events::target.eq(&line.target),
            audit_events::address.eq(&line.address),
            audit_events::user_agent.eq(user_agent),
            audit_events::request_id.eq(&line.request_id),
            audit_events::detail.eq(&line.detail),
        ))
        .execute(work.connection())?;
    work.note(event, target);
    work.after_commit(move || line.log());
    Ok(())
}

/// What the log says of an event.
struct Line {
    event: Event,
    actor: Option<String>,
    target: Option<String>,
    address: Option<String>,
    request_id: String,
    detail: Option<String>,
}

impl Line {
    fn log(&self) {
        tracing::info!(
            target: "audit",
            event = self.event.as_str(),
            actor = self.actor,
            target = self.target,
            address = self.address,
            request_id = self.request_id,
            detail = self.detail,
        );
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::accounts::recognised::Recognised;
    use crate::db::{Db, tests::temporary};

    /// Does some work with a logger of this test's own, and answers what became of it, and the log.
    fn logged(db: &Db, change: impl FnOnce(&mut Work<'_>) -> db::Result<()>) -> (db::Result<()>, String) {
        let log = Arc::<Mutex<Vec<u8>>>::default();
        let logger = tracing_subscriber::fmt().with_writer(Buffer(log.clone()).into_maker()).finish();
        let answer =
            tracing::subscriber::with_default(logger, || Work::run(db, &Recognised::new(), Source::operator(), change));
        let text = String::from_utf8(log.lock().unwrap().clone()).unwrap();
        (answer, text)
    }

    #[derive(Clone)]
    struct Buffer(Arc<Mutex<Vec<u8>>>);

    impl Buffer {
        fn into_maker(self) -> impl Fn() -> Buffer {
            move || self.clone()
        }
    }

    impl Write for Buffer {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_was_committed_is_logged_afterwards() {
        let (_folder, db) = temporary();
        let (answer, log) = logged(&db, |work| {
            record(work, Event::SessionsEnded, None, Some("first"))?;
            record(work, Event::ThrottleCleared, None, Some("second"))?;
            Ok(())
        });
        assert!(answer.is_ok(), "{answer:?}");
        let lines: Vec<&str> = log.lines().collect();
        assert_eq!(lines.len(), 2, "{log}");
        assert!(lines[0].contains("first") && lines[1].contains("second"), "in the order of the work: {log}");
    }

    #[test]
    fn what_failed_is_not_logged() {
        let (_folder, db) = temporary();
        let (answer, log) = logged(&db, |work| {
            record(work, Event::SessionsEnded, None, None)?;
            Err(db::Error::Interrupted)
        });
        assert!(answer.is_err());
        assert_eq!(log, "", "the work failed after it had recorded something");

        let (answer, log) = logged(&db, |work| {
            use diesel::connection::SimpleConnection;
            // A foreign key that is looked at by the commit only.
            work.connection().batch_execute("PRAGMA defer_foreign_keys = ON")?;
            work.connection().batch_execute("INSERT INTO user_roles (user_id, role) VALUES ('nobody', 'x')")?;
            record(work, Event::RoleAdded, None, None)
        });
        assert!(answer.is_err(), "the commit itself failed");
        assert_eq!(log, "");
    }
}
