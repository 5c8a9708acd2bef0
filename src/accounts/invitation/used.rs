//! Using an invitation: looking whether it works, and counting who has signed up with it.

use diesel::prelude::*;

use super::Invitation;
use crate::accounts::Accounts;
use crate::accounts::audit::{self, Event, Refusal, Source, refusals};
use crate::accounts::one_time_link::{self, LinkToken, Purpose};
use crate::accounts::work::Work;
use crate::db::{self, DbConnection, schema::invitations};

/// Looks whether someone may sign up with a link; none when it is used up, too old, revoked, or never was one.
///
/// # Errors
/// When the database does not answer.
pub async fn check(accounts: &Accounts, token: Option<&LinkToken>, source: &Source) -> db::Result<Option<Invitation>> {
    let Some(token) = token else { return Ok(None) };
    let token = token.clone();
    let found = accounts.look_up(move |connection| find(connection, &token)).await?;
    let found = found.filter(|invitation| invitation.used < invitation.uses);
    if found.is_none() {
        refusals::note(accounts, source.clone(), Refusal::LinkRefused, None, Some("for an invitation".to_owned()));
    }
    Ok(found)
}

fn find(connection: &mut DbConnection, token: &LinkToken) -> db::Result<Option<Invitation>> {
    let Some(bound) = one_time_link::look(connection, Purpose::Invitation, token)? else { return Ok(None) };
    let invitation = invitations::table.filter(invitations::id.eq(bound.subject)).select(Invitation::as_select());
    Ok(invitation.get_result(connection).optional()?)
}

/// Counts one use, in the transaction that makes the account; none when there is none left. Of many who come at once, as
/// many pass as may.
pub(in crate::accounts) fn take(work: &mut Work<'_>, token: &LinkToken) -> db::Result<Option<Invitation>> {
    let Some(invitation) = find(work.connection(), token)? else { return Ok(None) };
    count_use(work, &invitation.id)
}

fn count_use(work: &mut Work<'_>, id: &str) -> db::Result<Option<Invitation>> {
    let counted = diesel::update(invitations::table)
        .filter(invitations::id.eq(id))
        .filter(invitations::used.lt(invitations::uses))
        .set(invitations::used.eq(invitations::used + 1))
        .execute(work.connection())?;
    if counted == 0 {
        return Ok(None);
    }
    let this = invitations::table.filter(invitations::id.eq(id)).select(Invitation::as_select());
    Ok(this.get_result(work.connection()).optional()?)
}

/// [`take`] for a sign-up that was begun with the invitation of this id, which has to work still.
pub(in crate::accounts) fn take_of(work: &mut Work<'_>, id: &str) -> db::Result<Option<Invitation>> {
    if !one_time_link::works_of(work.connection(), Purpose::Invitation, id)? {
        return Ok(None);
    }
    count_use(work, id)
}

/// Notes who has signed up with an invitation.
pub(in crate::accounts) fn note_use(work: &mut Work<'_>, invitation: &Invitation, user_id: &str) -> db::Result<()> {
    audit::record(work, Event::InvitationUsed, Some(user_id), Some(&invitation.id))
}
