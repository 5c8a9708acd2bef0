//! Letters to an address because somebody entered it, who may not be its owner.
//!
//! They belong to no account: nobody but the owner of the address may learn whether one could be delivered. Each address
//! gets a limited number.

use super::letter::post;
use super::notice::moment;
use crate::accounts::names::EmailAddress;
use crate::accounts::one_time_link::LinkToken;
use crate::accounts::user_agent;
use crate::accounts::work::Work;
use crate::db;
use crate::mail::{Facts, Recipient};

/// What the owner of an address is asked, or told.
#[derive(Debug, Clone)]
pub(in crate::accounts) enum Request {
    /// Whether it is to be the address of this account, by a link.
    ConfirmEmail {
        /// The account's username.
        username: String,
        /// The token of the link.
        token: LinkToken,
    },
    /// That it was entered for another account than the one that has it.
    EmailTaken {
        /// The username of the account that has it, if this letter goes to the address stored with it.
        owner: Option<String>,
    },
    /// Whether they want an account, by a link.
    SignUp {
        /// The username that it gets.
        username: String,
        /// The token of the link.
        token: LinkToken,
    },
    /// That somebody, perhaps they themselves, signs up with it, who has an account already.
    SignUpTaken {
        /// The username of that account, if this letter goes to the address stored with it.
        owner: Option<String>,
    },
}

impl Request {
    /// The name of the letter and of its template.
    fn kind(&self) -> &'static str {
        match self {
            Request::ConfirmEmail { .. } => "email_confirm",
            Request::EmailTaken { .. } => "email_taken",
            Request::SignUp { .. } => "sign_up",
            Request::SignUpTaken { .. } => "sign_up_taken",
        }
    }

    /// Whether they are counted here. Of those of sign-ups the database counts how many an address gets (`sign_up::asked`),
    /// so that they don't use up the letters about changes of an address, nor these the letters of sign-ups.
    fn is_counted(&self) -> bool {
        !matches!(self, Request::SignUp { .. } | Request::SignUpTaken { .. })
    }
}

/// Sends such a letter, if mail is sent. Part of the transaction of what was asked for.
pub(in crate::accounts) fn ask(work: &mut Work<'_>, to: &EmailAddress, request: &Request) -> db::Result<()> {
    let Some(open) = work.outbox().open().cloned() else { return Ok(()) };
    let Ok(recipient) = Recipient::parse(&to.for_mail()) else {
        tracing::warn!(kind = request.kind(), "no mail can be sent to an address that was entered");
        return Ok(());
    };
    if request.is_counted() && open.requests.take(to.canonical().to_owned()).is_err() {
        tracing::debug!(kind = request.kind(), "a letter was left out: the address has had many");
        return Ok(());
    }
    let (username, link) = match request {
        Request::ConfirmEmail { username, token } => {
            (username.clone(), Some(open.link("/email/confirm", &token.to_text())))
        }
        Request::SignUp { username, token } => (username.clone(), Some(open.link("/signup/confirm", &token.to_text()))),
        Request::EmailTaken { owner } | Request::SignUpTaken { owner } => (owner.clone().unwrap_or_default(), None),
    };
    // Who signs up is not logged in yet: by these the owner of the address tells their own browser from another one.
    let is_by_stranger = !request.is_counted();
    let source = work.source();
    let facts = Facts {
        site: open.site(),
        username,
        at: moment(),
        link,
        browser: is_by_stranger.then(|| user_agent::in_words_of_a_letter(source.user_agent.as_deref())),
        address: source.address_text().filter(|_| is_by_stranger),
        ..Facts::default()
    };
    post(work, &open, None, request.kind(), &recipient, &facts)
}
