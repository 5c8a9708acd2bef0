//! The first account: whoever can read what the server says at its start, or a file of its own account, makes it in the
//! browser. It becomes an admin, and then the link no longer works.
//!
//! The token is 256 random bits, a new one at each start. In clear it is in one file, which only the server's own
//! account can read. Links are compared with that file, so a later start makes the earlier link worthless.

use diesel::prelude::*;
use subtle::ConstantTimeEq;

use super::Accounts;
use super::audit::{self, Event, Source};
use super::login::{self, SignedIn};
use super::password::{Full, Who};
use super::secret::Secret;
use super::session::SessionToken;
use super::sign_up::{self, SignUp};
use super::throttle::Network;
use super::user::role::{RoleName, of_admins};
use super::user::{self};
use super::work::Work;
use crate::config::SetupFile;
use crate::db::{self, DbConnection, schema::user_roles};

/// The token of the link.
#[derive(Debug, Clone)]
pub struct SetupToken(Secret);

impl SetupToken {
    /// Reads the text of a link or a cookie; none when it was never one of ours.
    pub fn parse(text: &str) -> Option<SetupToken> {
        Secret::parse(text).map(SetupToken)
    }

    /// The text for the link.
    pub fn to_text(&self) -> String {
        self.0.to_text()
    }

    /// How long it takes tells nothing about the right one.
    fn is_in(&self, file: &SetupFile) -> std::io::Result<bool> {
        let right = file.read()?.and_then(|text| Secret::parse(&text));
        Ok(right.is_some_and(|right| right.as_bytes().ct_eq(self.0.as_bytes()).into()))
    }
}

/// Why nobody becomes the first admin.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// There is an admin.
    #[error("there is an admin already")]
    Done,
    /// The link is not the one of the latest start.
    #[error("the link is not that of the latest start")]
    WrongLink,
    /// Too many passwords wait already.
    #[error("the server is busy")]
    Busy(Full),
    /// The name or the address is taken, or the database does not answer.
    #[error(transparent)]
    User(#[from] user::Error),
    /// The file can't be read or written.
    #[error("the file with the token of the setup link: {0}")]
    File(#[from] std::io::Error),
}

impl From<db::Error> for Refused {
    fn from(error: db::Error) -> Refused {
        Refused::User(error.into())
    }
}

/// At the start: makes a new token as long as there is no admin; else none is left.
///
/// # Errors
/// [`Refused::File`], and when the database does not answer.
pub async fn prepare(accounts: &Accounts) -> Result<Option<SetupToken>, Refused> {
    if has_admin_now(accounts).await? {
        accounts.setup_file.remove()?;
        return Ok(None);
    }
    let token = SetupToken(Secret::generate());
    accounts.setup_file.write(&token.to_text())?;
    Ok(Some(token))
}

/// Looks whether a link is the right one, and still leads somewhere.
///
/// # Errors
/// Why it does not.
pub async fn check(accounts: &Accounts, token: Option<&SetupToken>) -> Result<(), Refused> {
    if has_admin_now(accounts).await? {
        return Err(Refused::Done);
    }
    match token {
        Some(token) if token.is_in(&accounts.setup_file)? => Ok(()),
        // The link may have been used since the look above.
        _ if has_admin_now(accounts).await? => Err(Refused::Done),
        _ => Err(Refused::WrongLink),
    }
}

/// Makes the first admin and logs them in, in one transaction, which looks for an admin again: of many who come at once
/// with the right link, one becomes it.
///
/// # Errors
/// Why nobody does.
pub async fn complete(
    accounts: &Accounts,
    token: Option<&SetupToken>,
    wanted: SignUp,
    replaces: Option<SessionToken>,
    source: &Source,
) -> Result<SignedIn, Refused> {
    check(accounts, token).await?;
    let username = wanted.first_choice().ok_or_else(|| user::Error::NotFound(String::new()))?;
    // Whoever holds the token waits for no stranger.
    let who = Who::Known("setup".to_owned(), source.address.map(Network::from));
    let new = sign_up::hashed(accounts, wanted, username, who).await.map_err(Refused::Busy)?.vouched_for();
    let (lifetimes, file) = (accounts.lifetimes.clone(), accounts.setup_file.clone());
    let token = token.cloned();
    let create = move |work: &mut Work<'_>| -> Result<SignedIn, Refused> {
        if has_admin(work.connection())? {
            return Err(Refused::Done);
        }
        // Another start or an operator may have ended the link in the meantime of hashing.
        if !token.is_some_and(|token| matches!(token.is_in(&file), Ok(true))) {
            return Err(Refused::WrongLink);
        }
        let id = new.create(work, vec![RoleName::admin()])?.user.id;
        audit::record(work, Event::SetupCompleted, Some(&id), None)?;
        work.after_commit(move || {
            if let Err(error) = file.remove() {
                tracing::warn!(%error, "the file with the token of the setup link, which is worthless now, stays");
            }
        });
        Ok(login::begin(work, &lifetimes, &id, false, replaces.as_ref(), None)?)
    };
    accounts.write_for_anyone(source, create).await
}

async fn has_admin_now(accounts: &Accounts) -> db::Result<bool> {
    accounts.look_up(has_admin).await
}

fn has_admin(connection: &mut DbConnection) -> db::Result<bool> {
    let admins = user_roles::table.filter(of_admins());
    Ok(diesel::select(diesel::dsl::exists(admins)).get_result(connection)?)
}
