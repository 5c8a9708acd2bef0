//! Gives an account another address, with all that follows from it. Runs inside one writing transaction.

use chrono::{Duration, NaiveDateTime};
use diesel::prelude::*;

use super::super::taken::{let_go, refuse_taken_email};
use crate::accounts::audit::{self, Event};
use crate::accounts::mail_queue::{self, Notice};
use crate::accounts::names::EmailAddress;
use crate::accounts::one_time_link::{self, Bound, Change, LinkToken, Purpose};
use crate::accounts::source::Actor;
use crate::accounts::user::{Error, User};
use crate::accounts::work::Work;
use crate::db::{self, schema::users};

/// For how many days a change can be undone.
const DAYS: i64 = 7;

/// Gives an account another address, or none; nothing happens when it has it already, unless an operator confirms it so. The former one is told, with a
/// link that undoes a change by the owner: an admin, and whoever runs the server, decide for good, and their word confirms
/// the address.
pub(in super::super) fn set(work: &mut Work<'_>, user: &User, email: Option<&EmailAddress>) -> Result<(), Error> {
    if email.map(EmailAddress::as_given) == user.email.as_deref() {
        // An operator names it on purpose. The form of an admin sends it along with whatever else it changes.
        let is_confirmed = work.source().actor == Actor::Operator && user.has_unconfirmed_email();
        let Some(email) = email.filter(|_| is_confirmed) else { return Ok(()) };
        write(work, user, Some(email), Some(db::now()))?;
        return Ok(audit::record(work, Event::EmailConfirmed, Some(&user.id), None)?);
    }
    let is_elsewhere = of(user).map(|own| own.for_mail()) != email.map(EmailAddress::for_mail);
    let (confirmed_at, is_by_word) = match &work.source().actor {
        Actor::User(acting) if !acting.as_admin => (user.email_confirmed_at.filter(|_| !is_elsewhere), false),
        Actor::Visitor(_) => (None, false),
        Actor::User(_) | Actor::Operator | Actor::System => (Some(db::now()), true),
    };
    if let Some(email) = email.filter(|_| is_by_word && work.outbox().is_open()) {
        let_go(work, email, &user.id)?;
    }
    set_with(work, user, email, confirmed_at)
}

/// Gives an account the address that a link went to, which confirms it.
pub(super) fn set_confirmed(work: &mut Work<'_>, user: &User, email: &EmailAddress) -> Result<(), Error> {
    let_go(work, email, &user.id)?;
    if user.email.as_deref() != Some(email.as_given()) {
        return set_with(work, user, Some(email), Some(db::now()));
    }
    one_time_link::void(work, &user.id, Change::Address)?;
    write(work, user, Some(email), Some(db::now()))?;
    Ok(audit::record(work, Event::EmailConfirmed, Some(&user.id), None)?)
}

fn set_with(
    work: &mut Work<'_>,
    user: &User,
    email: Option<&EmailAddress>,
    confirmed_at: Option<NaiveDateTime>,
) -> Result<(), Error> {
    let is_by_owner = work.source().actor.as_str() == Some(&user.id);
    one_time_link::void(work, &user.id, if is_by_owner { Change::Address } else { Change::AddressForGood })?;
    write(work, user, email, confirmed_at)?;
    audit::record(work, Event::UserChanged, Some(&user.id), Some("email"))?;
    let goes_elsewhere = of(user).map(|own| own.for_mail()) != email.map(EmailAddress::for_mail);
    let undo = if is_by_owner && goes_elsewhere { undo_link(work, user)? } else { None };
    let email = email.map(|email| email.as_given().to_owned());
    // Told to the address that it was: whoever took the account over has the new one.
    Ok(mail_queue::tell(work, user, &Notice::EmailChanged { email, undo })?)
}

/// Writes another address, or none, unless somebody else has it, and since when it is confirmed.
pub(super) fn write(
    work: &mut Work<'_>,
    user: &User,
    email: Option<&EmailAddress>,
    confirmed_at: Option<NaiveDateTime>,
) -> Result<(), Error> {
    if let Some(address) = email {
        refuse_taken_email(work.connection(), address, &user.id)?;
    }
    let addresses = (
        users::email.eq(email.map(EmailAddress::as_given)),
        users::email_canonical.eq(email.map(EmailAddress::canonical)),
        users::email_confirmed_at.eq(confirmed_at.filter(|_| email.is_some())),
    );
    diesel::update(users::table.filter(users::id.eq(&user.id))).set(addresses).execute(work.connection())?;
    Ok(())
}

/// Each change has its link, and a later one does not replace it: whoever took the account over could otherwise get rid
/// of the first by another change. Whoever reads the mail at an address that was not confirmed is not known to be the owner.
fn undo_link(work: &mut Work<'_>, user: &User) -> db::Result<Option<LinkToken>> {
    let may = work.outbox().is_open() && !user.has_unconfirmed_email();
    let Some(former) = user.email.clone().filter(|_| may) else { return Ok(None) };
    let bound = Bound { subject: user.id.clone(), address: Some(former) };
    let expires_at = db::now() + Duration::days(DAYS);
    // Also an admin who changes their own: the link works on when they are one no more.
    let owner = work.source().of_visitor(&user.id);
    let issue = |work: &mut Work<'_>| one_time_link::issue(work, Purpose::UndoEmail, &bound, expires_at);
    work.in_the_name_of(owner, issue).map(Some)
}

/// The address of an account.
pub(super) fn of(user: &User) -> Option<EmailAddress> {
    user.email.as_deref().and_then(|email| EmailAddress::parse(email).ok())
}
