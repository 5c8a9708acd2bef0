//! Notices to the owner of an account, so that nobody changes it unnoticed. They need no answer.
//!
//! Addresses are not verified, so each gets a limited number of notices, no matter from which accounts.

use chrono::NaiveDateTime;

use super::letter::post;
use super::outbox::Open;
use crate::accounts::names::EmailAddress;
use crate::accounts::source::{Actor, Source};
use crate::accounts::user::User;
use crate::accounts::user_agent;
use crate::accounts::work::Work;
use crate::db;
use crate::mail::{Facts, Recipient};

/// What an owner is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::accounts) enum Notice {
    /// The password was changed.
    PasswordChanged,
    /// The email address was changed or removed. The notice goes to the former one.
    EmailChanged(Option<String>),
    /// The account will be removed at this time, as somebody who knows the password requested.
    DeletionRequested(NaiveDateTime),
    /// The account was removed at once.
    AccountDeleted,
    /// Somebody logged in with an unknown browser.
    NewDevice,
}

impl Notice {
    /// The name of the letter and of its template.
    fn kind(&self) -> &'static str {
        match self {
            Notice::PasswordChanged => "password_changed",
            Notice::EmailChanged(_) => "email_changed",
            Notice::DeletionRequested(_) => "deletion_requested",
            Notice::AccountDeleted => "account_deleted",
            Notice::NewDevice => "new_device",
        }
    }
}

/// Sends a notice to the owner of an account, given as it was before the change, if mail is sent and they have an
/// address. Part of the transaction of the change.
pub(in crate::accounts) fn tell(work: &mut Work<'_>, user: &User, notice: &Notice) -> db::Result<()> {
    let Some(open) = work.outbox().open().cloned() else { return Ok(()) };
    let Some(address) = user.email.as_deref() else { return Ok(()) };
    let address = EmailAddress::parse(address).ok();
    let Some((address, to)) =
        address.and_then(|address| Some((address.canonical().to_owned(), Recipient::parse(&address.for_mail()).ok()?)))
    else {
        tracing::warn!(user = user.id, "no mail can be sent to the address of this account");
        return Ok(());
    };
    let may = match notice {
        Notice::NewDevice => open.new_devices.take(user.id.as_str()).is_ok() && open.notices.take(address).is_ok(),
        _ => open.notices.take(address).is_ok(),
    };
    if !may {
        tracing::debug!(user = user.id, kind = notice.kind(), "a notice was left out: the address has had many");
        return Ok(());
    }
    let facts = facts(&open, work.source(), user, notice);
    post(work, &open, &user.id, notice.kind(), &to, &facts)
}

fn facts(open: &Open, source: &Source, user: &User, notice: &Notice) -> Facts {
    let by = match &source.actor {
        Actor::Operator => Some("the people who run this server"),
        Actor::System => Some("this server"),
        Actor::User(acting) if acting.user_id != user.id => Some("an administrator"),
        Actor::User(_) | Actor::Visitor(_) => None,
    };
    // The browser and address of an administrator are none of the owner's business.
    let own = by.is_none();
    Facts {
        site: open.site(),
        username: user.username.clone(),
        at: db::now().format("%-d %B %Y, %H:%M UTC").to_string(),
        by: by.map(str::to_owned),
        browser: own.then(|| user_agent::in_words_of_a_letter(source.user_agent.as_deref())),
        address: source.address_text().filter(|_| own),
        email: match notice {
            Notice::EmailChanged(email) => email.clone(),
            _ => None,
        },
        day: match notice {
            Notice::DeletionRequested(at) => Some(at.format("%-d %B %Y").to_string()),
            _ => None,
        },
    }
}
