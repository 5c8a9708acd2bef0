//! One-time links: whoever has one may do one thing, such as choose a new password, without logging in.
//!
//! The token is 256 random bits. In clear it is only in the link; the database has its digest, and what it is bound to:
//! a purpose, a subject and an address. A row that is gone was used, or made worthless by a newer link or a change of its
//! subject: `Purpose` says which. A link that an admin made works for as long as they are one; their coming back brings
//! none back.

mod ended;
mod of_subject;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::secret::Secret;
use super::source::Actor;
use super::user::role::of_admins;
use super::work::Work;
use crate::db::{self, DbConnection, schema::one_time_links, schema::user_roles, schema::users};

pub(super) use ended::{end_mailed, sweep, void_made_by};
pub(super) use of_subject::{cancel, cancel_all, take_with_later, waiting, works_of};

/// The token of a link. `Debug` shows nothing of it.
#[derive(Debug, Clone)]
pub struct LinkToken(Secret);

impl LinkToken {
    /// How many characters its text has: 256 bits in base64url.
    pub const LENGTH: usize = 43;

    /// Reads the text of a link or a cookie; none when it was never one of ours.
    pub fn parse(text: &str) -> Option<LinkToken> {
        Secret::parse(text).map(LinkToken)
    }

    /// The text for the link.
    pub fn to_text(&self) -> String {
        self.0.to_text()
    }
}

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Choosing a new password, by a link that an admin made; the subject is a user.
    Reset,
    /// The same by a link that was sent to the address of the account. Anyone can ask for one, so it makes no link
    /// worthless that an admin made.
    Recovery,
    /// Saying that a login was somebody else's, by a link in the notice of it; the subject is a user. Each notice has one
    /// of its own, and all of them work, so that an intruder can't end that of the first notice with another login.
    NotMe,
    /// Signing up; the subject is an invitation, which counts its uses, so the link stays until it expires.
    Invitation,
    /// Making the account of a sign-up; the subject is the sign-up, the address the one that it was given.
    SignUp,
    /// Confirming a new address; the subject is a user, the address the new one as it was given.
    ConfirmEmail,
    /// Undoing a change of the address; the subject is a user, the address the former one as it was given. Each change has
    /// one of its own, and all of them work, so that an intruder can't end the first one with another change.
    UndoEmail,
}

/// What happens to the subject of links.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// Its password was replaced, or taken away.
    Password,
    /// Its owner replaced or removed its address.
    Address,
    /// An admin, or whoever runs the server, did.
    AddressForGood,
    /// Its owner said that a login, or a change of its address, was not theirs.
    NotMe,
    /// It was removed or disabled.
    Gone,
}

impl Purpose {
    const ALL: [Purpose; 7] = [
        Purpose::Reset,
        Purpose::Recovery,
        Purpose::NotMe,
        Purpose::Invitation,
        Purpose::SignUp,
        Purpose::ConfirmEmail,
        Purpose::UndoEmail,
    ];

    /// The name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Purpose::Reset => "reset",
            Purpose::Recovery => "recovery",
            Purpose::NotMe => "not_me",
            Purpose::Invitation => "invitation",
            Purpose::SignUp => "sign_up",
            Purpose::ConfirmEmail => "email",
            Purpose::UndoEmail => "email_undo",
        }
    }

    /// Whether its links are sent by mail; the others are shown to whoever made them.
    fn is_mailed(self) -> bool {
        !matches!(self, Purpose::Reset | Purpose::Invitation)
    }

    /// Whether a new link of this purpose makes an older one of that purpose worthless, for the same subject.
    fn replaces(self, older: Purpose) -> bool {
        match self {
            Purpose::Reset => matches!(older, Purpose::Reset | Purpose::Recovery),
            Purpose::Recovery | Purpose::Invitation | Purpose::ConfirmEmail => older == self,
            // Each sign-up has one, so there is none to replace: those of others with the same address go with other
            // passwords.
            Purpose::NotMe | Purpose::UndoEmail | Purpose::SignUp => false,
        }
    }

    /// Whether a change makes links of this purpose worthless.
    fn ends_with(self, change: Change) -> bool {
        match (self, change) {
            (_, Change::Gone) | (Purpose::Reset | Purpose::Recovery | Purpose::ConfirmEmail, _) => true,
            (Purpose::NotMe, Change::NotMe) | (Purpose::UndoEmail, Change::AddressForGood) => true,
            // Whoever took an account over changes its password first: then the owner needs these links most. The one for
            // a login works only while the account has the address that it was sent to.
            (Purpose::NotMe, Change::Password | Change::Address | Change::AddressForGood) => false,
            (Purpose::UndoEmail, Change::Password | Change::Address | Change::NotMe) => false,
            (Purpose::Invitation | Purpose::SignUp, _) => false,
        }
    }
}

/// What a link is bound to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bound {
    /// The id of what it is about.
    pub subject: String,
    /// The address that it is bound to: canonical, or as the purpose says.
    pub address: Option<String>,
}

/// Makes a link, and makes those worthless that it replaces.
pub(super) fn issue(
    work: &mut Work<'_>,
    purpose: Purpose,
    bound: &Bound,
    expires_at: NaiveDateTime,
) -> db::Result<LinkToken> {
    remove(work, &bound.subject, |older| purpose.replaces(older))?;
    let made_by = match &work.source().actor {
        Actor::User(acting) if acting.as_admin => Some(acting.user_id.clone()),
        _ => None,
    };
    let token = LinkToken(Secret::generate());
    diesel::insert_into(one_time_links::table)
        .values((
            one_time_links::token_hash.eq(token.0.digest()),
            one_time_links::purpose.eq(purpose.as_str()),
            one_time_links::subject.eq(&bound.subject),
            one_time_links::address.eq(&bound.address),
            one_time_links::made_by.eq(made_by),
            one_time_links::expires_at.eq(expires_at),
        ))
        .execute(work.connection())?;
    Ok(token)
}

/// What a link is bound to that still works; looking changes nothing.
pub(super) fn look(connection: &mut DbConnection, purpose: Purpose, token: &LinkToken) -> db::Result<Option<Bound>> {
    let found: Option<(String, Option<String>)> = one_time_links::table
        .filter(works(purpose.as_str(), token.0.digest()))
        .select((one_time_links::subject, one_time_links::address))
        .get_result(connection)
        .optional()?;
    Ok(found.map(|(subject, address)| Bound { subject, address }))
}

/// Uses a link up. Of many who come at once, the one whose statement removes the row gets what it is bound to.
pub(super) fn take(work: &mut Work<'_>, purpose: Purpose, token: &LinkToken) -> db::Result<Option<Bound>> {
    Ok(take_dated(work, purpose, token)?.map(|(bound, _)| bound))
}

fn take_dated(work: &mut Work<'_>, purpose: Purpose, token: &LinkToken) -> db::Result<Option<(Bound, NaiveDateTime)>> {
    let taken: Option<(String, Option<String>, NaiveDateTime)> = diesel::delete(one_time_links::table)
        .filter(works(purpose.as_str(), token.0.digest()))
        .returning((one_time_links::subject, one_time_links::address, one_time_links::expires_at))
        .get_result(work.connection())
        .optional()?;
    Ok(taken.map(|(subject, address, expires_at)| (Bound { subject, address }, expires_at)))
}

/// Makes the links about something worthless that end with what happens to it.
pub(super) fn void(work: &mut Work<'_>, subject: &str, change: Change) -> db::Result<()> {
    remove(work, subject, |purpose| purpose.ends_with(change)).map(drop)
}

/// Removes the links of some purposes about something. Answers how many there were.
fn remove(work: &mut Work<'_>, subject: &str, which: impl Fn(Purpose) -> bool) -> db::Result<usize> {
    let purposes = Purpose::ALL.into_iter().filter(|purpose| which(*purpose)).map(Purpose::as_str);
    Ok(diesel::delete(one_time_links::table)
        .filter(one_time_links::subject.eq(subject))
        .filter(one_time_links::purpose.eq_any(purposes.collect::<Vec<_>>()))
        .execute(work.connection())?)
}

/// The link of this token, unless it is for something else, its time is over, or who made it is an admin no more.
#[diesel::dsl::auto_type]
fn works(purpose: &'static str, token_hash: String) -> _ {
    let now: NaiveDateTime = db::now();
    let by_an_operator = one_time_links::made_by.is_null();
    let by_an_admin = one_time_links::made_by.assume_not_null().eq_any(admins());
    one_time_links::token_hash
        .eq(token_hash)
        .and(one_time_links::purpose.eq(purpose))
        .and(one_time_links::expires_at.gt(now))
        .and(by_an_operator.or(by_an_admin))
}

/// The ids of the admins who may log in.
#[diesel::dsl::auto_type]
fn admins() -> _ {
    user_roles::table
        .inner_join(users::table)
        .filter(of_admins())
        .filter(users::disabled_at.is_null())
        .filter(users::deletes_at.is_null())
        .filter(users::waits_for.is_null())
        .select(user_roles::user_id)
}
