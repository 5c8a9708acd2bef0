//! Invitations: links by which people sign up whom an admin wants here, whoever else may. The person chooses the
//! password; the invitation can give roles, and be for one address only.

mod terms;
mod used;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::Accounts;
use super::audit::{self, Event, Source};
use super::batches::BATCH;
use super::names::EmailAddress;
use super::one_time_link::{self, Bound, Change, LinkToken, Purpose};
use super::source::Actor;
use super::user;
use super::user::role::RoleName;
use super::work::Work;
use crate::db::{self, DbConnection, schema::invitations, schema::users};

pub use terms::{Days, Invalid, Note, Uses};
pub use used::check;
pub(super) use used::{note_use, take, take_of};

/// An invitation to be made.
#[derive(Debug, Default)]
pub struct NewInvitation {
    /// What it is for.
    pub note: Note,
    /// The roles that it gives.
    pub roles: Vec<RoleName>,
    /// The only address that may sign up with it.
    pub email: Option<EmailAddress>,
    /// How many accounts may be made with it.
    pub uses: Uses,
    /// For how long it works.
    pub days: Days,
}

/// An invitation.
#[derive(Debug, Clone, Queryable, Selectable)]
pub struct Invitation {
    /// A UUID of version 7; no secret.
    pub id: String,
    /// What it is for; may be empty.
    pub note: String,
    roles: String,
    /// The only address that may sign up with it, as it was given.
    pub email: Option<String>,
    /// How many accounts may be made with it.
    pub uses: i64,
    /// How many were.
    pub used: i64,
    /// The id of the admin who made it; none: an operator.
    pub made_by: Option<String>,
    /// When it was made, in UTC.
    pub created_at: NaiveDateTime,
    /// Until when it works, in UTC.
    pub expires_at: NaiveDateTime,
}

impl Invitation {
    /// The names of the roles that it gives, in the order of the alphabet.
    pub fn roles(&self) -> Vec<&str> {
        self.roles.split_whitespace().collect()
    }

    /// Whether someone may sign up with this address.
    pub(super) fn is_for(&self, email: Option<&EmailAddress>) -> bool {
        let Some(only) = &self.email else { return true };
        let only = EmailAddress::parse(only).ok();
        only.as_ref().map(EmailAddress::canonical) == email.map(EmailAddress::canonical)
    }
}

/// Makes an invitation. Answers the token of its link too, which nobody can look up later.
///
/// # Errors
/// When whoever wants it has lost the right to, and when the database does not answer.
pub async fn create(
    accounts: &Accounts,
    source: &Source,
    new: NewInvitation,
) -> Result<(Invitation, LinkToken), user::Error> {
    let create = move |work: &mut Work<'_>| {
        work.demand_admin()?;
        let invitation = insert(work, &new)?;
        // The invitation itself says for which address it is.
        let bound = Bound { subject: invitation.id.clone(), address: None };
        let token = one_time_link::issue(work, Purpose::Invitation, &bound, invitation.expires_at)?;
        audit::record(work, Event::InvitationMade, None, Some(&in_short(&invitation)))?;
        Ok((invitation, token))
    };
    accounts.write(source, create).await
}

fn insert(work: &mut Work<'_>, new: &NewInvitation) -> db::Result<Invitation> {
    let mut roles: Vec<&str> = new.roles.iter().map(RoleName::as_str).collect();
    roles.sort_unstable();
    roles.dedup();
    let now = db::now();
    let made_by = match &work.source().actor {
        Actor::User(acting) => Some(acting.user_id.clone()),
        _ => None,
    };
    let invitation = Invitation {
        id: db::new_id(),
        note: new.note.as_str().to_owned(),
        roles: roles.join(" "),
        email: new.email.as_ref().map(|email| email.as_given().to_owned()),
        uses: new.uses.number(),
        used: 0,
        made_by,
        created_at: now,
        expires_at: now + new.days.duration(),
    };
    diesel::insert_into(invitations::table)
        .values((
            invitations::id.eq(&invitation.id),
            invitations::note.eq(&invitation.note),
            invitations::roles.eq(&invitation.roles),
            invitations::email.eq(&invitation.email),
            invitations::uses.eq(invitation.uses),
            invitations::used.eq(invitation.used),
            invitations::made_by.eq(&invitation.made_by),
            invitations::created_at.eq(invitation.created_at),
            invitations::expires_at.eq(invitation.expires_at),
        ))
        .execute(work.connection())?;
    Ok(invitation)
}

/// What the audit holds of an invitation.
fn in_short(invitation: &Invitation) -> String {
    match invitation.roles.as_str() {
        "" => invitation.id.clone(),
        roles => format!("{} with {roles}", invitation.id),
    }
}

/// A page of the invitations whose time is not over, the latest first, after the one of this id.
///
/// # Errors
/// When the database does not answer.
pub async fn list(accounts: &Accounts, after: Option<String>, limit: u32) -> db::Result<Vec<Invitation>> {
    let page = page(accounts, after, limit).await?;
    Ok(page.into_iter().map(|(invitation, _)| invitation).collect())
}

/// [`list`], with the username of the admin who made each, as long as there is one.
///
/// # Errors
/// When the database does not answer.
pub async fn page(
    accounts: &Accounts,
    after: Option<String>,
    limit: u32,
) -> db::Result<Vec<(Invitation, Option<String>)>> {
    let page = move |connection: &mut DbConnection| -> db::Result<Vec<(Invitation, Option<String>)>> {
        let mut query = invitations::table
            .left_join(users::table.on(invitations::made_by.eq(users::id.nullable())))
            .filter(invitations::expires_at.gt(db::now()))
            .order(invitations::id.desc())
            .limit(limit.into())
            .select((Invitation::as_select(), users::username.nullable()))
            .into_boxed();
        if let Some(after) = after {
            query = query.filter(invitations::id.lt(after));
        }
        Ok(query.load(connection)?)
    };
    accounts.read(page).await
}

/// Reads an invitation whose time is not over; none when there is none of this id.
///
/// # Errors
/// When the database does not answer.
pub async fn show(accounts: &Accounts, id: String) -> db::Result<Option<Invitation>> {
    let show = move |connection: &mut DbConnection| -> db::Result<Option<Invitation>> {
        let this = invitations::table.filter(invitations::id.eq(id)).filter(invitations::expires_at.gt(db::now()));
        Ok(this.select(Invitation::as_select()).get_result(connection).optional()?)
    };
    accounts.read(show).await
}

/// Makes an invitation and its link worthless; false when there is none of this id. Accounts that were made with it stay.
///
/// # Errors
/// When whoever wants it has lost the right to, and when the database does not answer.
pub async fn revoke(accounts: &Accounts, source: &Source, id: String) -> Result<bool, user::Error> {
    let revoke = move |work: &mut Work<'_>| -> Result<bool, user::Error> {
        work.demand_admin()?;
        let gone = diesel::delete(invitations::table).filter(invitations::id.eq(&id)).execute(work.connection())?;
        if gone > 0 {
            one_time_link::void(work, &id, Change::Gone)?;
            audit::record(work, Event::InvitationRevoked, None, Some(&id))?;
        }
        Ok(gone > 0)
    };
    accounts.write(source, revoke).await
}

/// Removes invitations whose time is over, as many as a batch has. Answers how many.
pub(super) fn sweep(work: &mut Work<'_>) -> db::Result<usize> {
    let over: Vec<String> = invitations::table
        .filter(invitations::expires_at.le(db::now()))
        .select(invitations::id)
        .limit(BATCH)
        .load(work.connection())?;
    Ok(diesel::delete(invitations::table).filter(invitations::id.eq_any(over)).execute(work.connection())?)
}
