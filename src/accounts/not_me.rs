//! "This wasn't me": by the link in the notice of a login, the owner of an account ends all its logins and takes the
//! password away that somebody else knows; then they choose a new one.
//!
//! The link works whatever became of the password since, as long as the account has the address that the notice went to.

use super::Accounts;
use super::audit::{self, Event, Refusal, Source, refusals};
use super::one_time_link::{self, LinkToken, Purpose};
use super::reset;
use super::user::{self, User};
use super::work::Work;
use crate::db::{self, DbConnection};

/// Why nothing happens.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// The link was used, is too old, or never was one. Nobody learns which.
    #[error("the link does not work")]
    WrongLink,
    /// The database does not answer.
    #[error(transparent)]
    User(#[from] user::Error),
}

impl From<db::Error> for Refused {
    fn from(error: db::Error) -> Refused {
        Refused::User(error.into())
    }
}

/// Looks whose logins may be ended with a link. Opening it changes nothing.
///
/// # Errors
/// [`Refused::WrongLink`], and when the database does not answer.
pub async fn check(accounts: &Accounts, token: Option<&LinkToken>, source: &Source) -> Result<User, Refused> {
    let Some(token) = token.cloned() else { return Err(Refused::WrongLink) };
    let look = move |connection: &mut DbConnection| -> db::Result<Option<User>> {
        match one_time_link::look(connection, Purpose::NotMe, &token)? {
            Some(bound) => reset::owner(connection, &bound),
            None => Ok(None),
        }
    };
    accounts.look_up(look).await?.ok_or_else(|| {
        let what_for = "for a login that was not the owner’s".to_owned();
        refusals::note(accounts, source.clone(), Refusal::LinkRefused, None, Some(what_for));
        Refused::WrongLink
    })
}

/// Ends all logins of the account of a link, makes all its browsers and programs unknown, and takes its password away. Of
/// many who come at once with one link, one succeeds. Answers the token by which a new password is chosen.
///
/// # Errors
/// As [`check`].
pub async fn end_everything(
    accounts: &Accounts,
    token: Option<&LinkToken>,
    source: &Source,
) -> Result<LinkToken, Refused> {
    check(accounts, token, source).await?;
    let token = token.cloned();
    let end = move |work: &mut Work<'_>| -> Result<LinkToken, Refused> {
        let token = token.ok_or(Refused::WrongLink)?;
        let bound = one_time_link::take(work, Purpose::NotMe, &token)?.ok_or(Refused::WrongLink)?;
        let user = reset::owner(work.connection(), &bound)?.ok_or(Refused::WrongLink)?;
        work.act_as(&user.id);
        audit::record(work, Event::LoginDisowned, Some(&user.id), None)?;
        user::remove_password(work, &user)?;
        Ok(reset::make(work, &user, Purpose::Reset)?.0)
    };
    accounts.write_for_anyone(source, end).await
}
