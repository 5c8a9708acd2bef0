//! Undoing a change of the address, by the link that the former address was told it with.
//!
//! Whoever uses it says that the change was not theirs, so somebody else knows the password, and may have made logins
//! of their own. So the account has its former address again, all its logins end, and its password opens nothing any
//! more: the link leads on to choosing another one. The link outlives another password and further changes of the
//! address. Of several the earliest counts: using it makes the later ones worthless, and none of these makes it
//! worthless. An undo can't be undone by a link.

use super::super::taken::let_go;
use super::confirm::{Proposed, bound_to};
use super::{LinkRefused, applied};
use crate::accounts::Accounts;
use crate::accounts::audit::{self, Event, Refusal, Source, refusals};
use crate::accounts::mail_queue::{self, Notice};
use crate::accounts::one_time_link::{self, LinkToken, Purpose};
use crate::accounts::reset;
use crate::accounts::user::{User, change};
use crate::accounts::work::Work;
use crate::db::{self, DbConnection};

/// What a link would undo.
#[derive(Debug)]
pub struct Undoable {
    /// Whose address was changed, as they are now.
    pub user: User,
    /// The address that they would have again, as it was given.
    pub former: String,
}

/// Looks what a link would undo. Opening it changes nothing.
///
/// # Errors
/// [`LinkRefused::WrongLink`], and when the database does not answer.
pub async fn undoable(
    accounts: &Accounts,
    token: Option<&LinkToken>,
    source: &Source,
) -> Result<Undoable, LinkRefused> {
    let Some(token) = token.cloned() else { return Err(LinkRefused::WrongLink) };
    let look = move |connection: &mut DbConnection| -> db::Result<Option<Proposed>> {
        match one_time_link::look(connection, Purpose::UndoEmail, &token)? {
            Some(bound) => bound_to(connection, &bound),
            None => Ok(None),
        }
    };
    let Some(Proposed { user, email }) = accounts.look_up(look).await? else {
        let why = Some("for a former address".to_owned());
        refusals::note(accounts, source.clone(), Refusal::LinkRefused, None, why);
        return Err(LinkRefused::WrongLink);
    };
    Ok(Undoable { user, former: email.as_given().to_owned() })
}

/// Gives the account of a link its former address again and locks everyone out. Of many who come at once with one link,
/// one succeeds. Answers the token of a link by which the owner chooses a new password.
///
/// # Errors
/// [`LinkRefused::WrongLink`]; [`EmailTaken`](super::user::Error::EmailTaken) when another account has the address by
/// now; when the database does not answer.
pub async fn undo(accounts: &Accounts, token: Option<&LinkToken>, source: &Source) -> Result<LinkToken, LinkRefused> {
    undoable(accounts, token, source).await?;
    let token = token.cloned();
    let undo = move |work: &mut Work<'_>| -> Result<LinkToken, LinkRefused> {
        let token = token.ok_or(LinkRefused::WrongLink)?;
        let bound = one_time_link::take_with_later(work, Purpose::UndoEmail, &token)?;
        let bound = bound.ok_or(LinkRefused::WrongLink)?;
        let Proposed { user, email } = bound_to(work.connection(), &bound)?.ok_or(LinkRefused::WrongLink)?;
        work.act_as(&user.id);
        let_go(work, &email, &user.id)?;
        applied::write(work, &user, Some(&email), Some(db::now()))?;
        audit::record(work, Event::EmailChangeUndone, Some(&user.id), None)?;
        change::remove_password(work, &user)?;
        let is_elsewhere = applied::of(&user).is_some_and(|now| now.for_mail() != email.for_mail());
        if is_elsewhere {
            mail_queue::tell(work, &user, &Notice::EmailChangeUndone)?;
        }
        let restored = User { email: Some(email.as_given().to_owned()), ..user };
        Ok(reset::make(work, &restored, Purpose::Reset)?.0)
    };
    accounts.write_for_anyone(source, undo).await
}
