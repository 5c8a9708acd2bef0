//! One-time links: whoever has one may do one thing, such as choose a new password, without logging in.
//!
//! The token is 256 random bits. In clear it is only in the link; the database has its digest, and what it is bound to:
//! a purpose, a subject and an address. A row that is gone was used, or made worthless by a newer link for the same
//! purpose, by another password or address of the account, or when the account was disabled. A link that an admin made
//! works for as long as they are one; their coming back brings none back.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::batches::BATCH;
use super::secret::Secret;
use super::source::Actor;
use super::user::role::of_admins;
use super::work::Work;
use crate::db::{self, DbConnection, schema::one_time_links, schema::user_roles, schema::users};

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
    /// Choosing a new password; the subject is a user.
    Reset,
    /// Signing up; the subject is an invitation, which counts its uses, so the link stays until it expires.
    Invitation,
}

impl Purpose {
    /// The name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Purpose::Reset => "reset",
            Purpose::Invitation => "invitation",
        }
    }
}

/// What a link is bound to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bound {
    /// The id of what it is about.
    pub subject: String,
    /// The address that it is bound to, canonical.
    pub address: Option<String>,
}

/// Makes a link, and makes older ones worthless for the same purpose and subject.
pub(super) fn issue(
    work: &mut Work<'_>,
    purpose: Purpose,
    bound: &Bound,
    expires_at: NaiveDateTime,
) -> db::Result<LinkToken> {
    diesel::delete(one_time_links::table)
        .filter(one_time_links::subject.eq(&bound.subject))
        .filter(one_time_links::purpose.eq(purpose.as_str()))
        .execute(work.connection())?;
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
    let taken: Option<(String, Option<String>)> = diesel::delete(one_time_links::table)
        .filter(works(purpose.as_str(), token.0.digest()))
        .returning((one_time_links::subject, one_time_links::address))
        .get_result(work.connection())
        .optional()?;
    Ok(taken.map(|(subject, address)| Bound { subject, address }))
}

/// Makes all links about something worthless.
pub(super) fn void(work: &mut Work<'_>, subject: &str) -> db::Result<()> {
    diesel::delete(one_time_links::table).filter(one_time_links::subject.eq(subject)).execute(work.connection())?;
    Ok(())
}

/// Makes all links worthless that an admin made, who is one no more.
pub(super) fn void_made_by(work: &mut Work<'_>, user_id: &str) -> db::Result<()> {
    diesel::delete(one_time_links::table).filter(one_time_links::made_by.eq(user_id)).execute(work.connection())?;
    Ok(())
}

/// Removes links whose time is over, as many as a batch has. Answers how many.
pub(super) fn sweep(work: &mut Work<'_>) -> db::Result<usize> {
    let over: Vec<String> = one_time_links::table
        .filter(one_time_links::expires_at.le(db::now()))
        .select(one_time_links::token_hash)
        .limit(BATCH)
        .load(work.connection())?;
    Ok(diesel::delete(one_time_links::table)
        .filter(one_time_links::token_hash.eq_any(over))
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
