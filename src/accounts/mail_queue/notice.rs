//! Notices to the owner of an account, so that nobody changes it unnoticed. They need no answer.
//!
//! Nothing goes to an address that is not confirmed: it may be somebody else's, who could take the account over by the links.
//! An address gets a limited number of notices, no matter from which accounts: that it is confirmed may be the word of
//! whoever entered it for the owner.

use chrono::{Duration, NaiveDateTime};
use serde_json::Value;

use super::addressee::Addressee;
use super::letter::post;
use super::outbox::Open;
use crate::accounts::one_time_link::{self, Bound, LinkToken, Purpose};
use crate::accounts::source::{Actor, Source};
use crate::accounts::user::User;
use crate::accounts::user_agent;
use crate::accounts::work::Work;
use crate::db;
use crate::mail::Facts;
use crate::texts::{self, Message};

/// What an owner is told.
#[derive(Debug, Clone)]
pub(in crate::accounts) enum Notice {
    /// The password was changed.
    PasswordChanged,
    /// The email address was changed or removed. The notice goes to the former one.
    EmailChanged {
        /// The new one, if there is one.
        email: Option<String>,
        /// The token of a link that undoes it.
        undo: Option<LinkToken>,
    },
    /// A change of the email address was undone. The notice goes to the one that the account lost by it.
    EmailChangeUndone,
    /// The account will be removed at this time, as somebody who knows the password requested.
    DeletionRequested(NaiveDateTime),
    /// The account was removed at once.
    AccountDeleted,
    /// Somebody logged in with an unknown browser. The notice has a link by which the owner says that it was not them.
    NewDevice,
}

impl Notice {
    /// The name of the letter and of its template.
    fn kind(&self) -> &'static str {
        match self {
            Notice::PasswordChanged => "password_changed",
            Notice::EmailChanged { .. } => "email_changed",
            Notice::EmailChangeUndone => "email_change_undone",
            Notice::DeletionRequested(_) => "deletion_requested",
            Notice::AccountDeleted => "account_deleted",
            Notice::NewDevice => "new_device",
        }
    }
}

/// For how long the link in a notice of a login works: people don't read their mail every day.
const NOT_ME_WORKS: Duration = Duration::days(7);

/// Sends a notice to the owner of an account, given as it was before the change, if mail is sent and they have an
/// address. Part of the transaction of the change.
pub(in crate::accounts) fn tell(work: &mut Work<'_>, user: &User, notice: &Notice) -> db::Result<()> {
    let Some(open) = work.outbox().open().cloned() else { return Ok(()) };
    if user.has_unconfirmed_email() {
        return Ok(());
    }
    let Some(Addressee { canonical, recipient }) = Addressee::of(user) else { return Ok(()) };
    let may = match notice {
        // By this one an owner gets their account back. Nobody sends many: a link that went to the address came before.
        Notice::EmailChanged { undo: Some(_), .. } => true,
        Notice::NewDevice => {
            open.new_devices.take(user.id.as_str()).is_ok() && open.notices.take(canonical.as_str()).is_ok()
        }
        _ => open.notices.take(canonical.as_str()).is_ok(),
    };
    if !may {
        tracing::debug!(user = user.id, kind = notice.kind(), "a notice was left out: the address has had many");
        return Ok(());
    }
    let mut facts = facts(&open, work.source(), user);
    match notice {
        Notice::EmailChanged { email, undo } => {
            facts.email.clone_from(email);
            facts.link = undo.as_ref().map(|token| open.link("/email/undo", &token.to_text()));
        }
        Notice::DeletionRequested(at) => facts.day = Some(texts::day(at.date())),
        Notice::NewDevice => {
            let bound = Bound { subject: user.id.clone(), address: Some(canonical) };
            let token = one_time_link::issue(work, Purpose::NotMe, &bound, db::now() + NOT_ME_WORKS)?;
            facts.link = Some(open.link("/not-me", &token.to_text()));
        }
        Notice::PasswordChanged | Notice::EmailChangeUndone | Notice::AccountDeleted => {}
    }
    post(work, &open, Some(&user.id), notice.kind(), &recipient, &facts)
}

/// Now, for a letter.
pub(super) fn moment() -> Value {
    texts::moment(db::now())
}

/// What every letter about an account can say.
pub(super) fn facts(open: &Open, source: &Source, user: &User) -> Facts {
    let by = match &source.actor {
        Actor::Operator => Some(Message::new("mail-by-operator")),
        Actor::System => Some(Message::new("mail-by-system")),
        Actor::User(acting) if acting.user_id != user.id => Some(Message::new("mail-by-admin")),
        Actor::User(_) | Actor::Visitor(_) => None,
    };
    // The browser and address of an administrator are none of the owner's business.
    let own = by.is_none();
    Facts {
        site: open.site(),
        username: user.username.clone(),
        at: moment(),
        by,
        browser: own.then(|| user_agent::in_words_of_a_letter(source.user_agent.as_deref())),
        address: source.address_text().filter(|_| own),
        ..Facts::default()
    }
}
