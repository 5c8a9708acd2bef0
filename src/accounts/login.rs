//! Logging in with a password. The answer is an enum, and every door matches on it.

use super::Accounts;
use super::audit::{self, Event, Source};
use super::password::{Password, Verdict};
use super::session::{self, NewSession, SessionToken};
use super::user::{self, User};
use crate::db;

/// What someone sent to log in.
#[derive(Debug)]
pub struct Attempt {
    /// A username or an e-mail address, as it was typed.
    pub name: String,
    /// The password.
    pub password: Password,
    /// Whether the session should outlive the browser.
    pub remember: bool,
    /// The session that the browser had until now, if any; a login ends it.
    pub replaces: Option<SessionToken>,
}

/// How a login ended.
#[derive(Debug)]
pub enum Outcome {
    /// A new session has begun.
    SignedIn(Box<NewSession>),
    /// Not let in. Nobody outside learns why: a wrong password, an unknown name, a disabled account and one
    /// without a password cost the same work and get the same answer.
    Wrong,
}

/// Checks a name and a password, and begins a session when they are right.
///
/// # Errors
/// When the database does not answer.
pub async fn log_in(accounts: &Accounts, attempt: Attempt, source: &Source) -> db::Result<Outcome> {
    let name = attempt.name.clone();
    let user = accounts.db.read(move |connection| user::find_by_login(connection, &name)).await?;
    let hash = user.as_ref().filter(|user| user.disabled_at.is_none()).and_then(|user| user.password_hash.clone());
    let verdict = accounts.hasher.verify(attempt.password.clone(), hash).await;
    match (user, verdict) {
        (Some(user), Verdict::Right { outdated }) => {
            let fresh_hash = match outdated {
                true => Some(accounts.hasher.rehash(attempt.password).await),
                false => None,
            };
            let right = Right { user, fresh_hash, remember: attempt.remember, replaces: attempt.replaces };
            let (accounts, source) = (accounts.clone(), source.clone());
            accounts.db.clone().write(move |connection| right.sign_in(connection, &accounts, &source)).await
        }
        (user, _) => {
            let digest = accounts.name_digest(&attempt.name);
            let source = source.clone();
            accounts.db.write(move |connection| refuse(connection, user.as_ref(), &digest, &source)).await
        }
    }
}

/// A login with the right password, about to become a session.
struct Right {
    user: User,
    fresh_hash: Option<String>,
    remember: bool,
    replaces: Option<SessionToken>,
}

impl Right {
    fn sign_in(self, connection: &mut db::DbConnection, accounts: &Accounts, source: &Source) -> db::Result<Outcome> {
        // While bcrypt ran the account may have been disabled or deleted, or have got another password.
        let now = match user::get(connection, &self.user.id) {
            Ok(now) => Some(now),
            Err(user::Error::Database(error)) => return Err(error),
            Err(_) => None,
        };
        let unchanged =
            now.is_some_and(|now| now.disabled_at.is_none() && now.password_hash == self.user.password_hash);
        if !unchanged {
            return refuse(connection, Some(&self.user), "", source);
        }
        if let Some(hash) = &self.fresh_hash {
            user::replace_outdated_hash(connection, &self.user, hash)?;
        }
        if let Some(token) = &self.replaces {
            session::replace(connection, token)?;
        }
        let new = session::begin(connection, &self.user.id, self.remember, &accounts.lifetimes, source)?;
        audit::record(connection, source, Event::LoginSucceeded, Some(&self.user.id), Some(&new.session.id))?;
        Ok(Outcome::SignedIn(Box::new(new)))
    }
}

fn refuse(
    connection: &mut db::DbConnection,
    user: Option<&User>,
    name_digest: &str,
    source: &Source,
) -> db::Result<Outcome> {
    let reason = match user {
        None => format!("unknown name {name_digest}"),
        Some(user) if user.disabled_at.is_some() => "disabled account".to_owned(),
        Some(user) if !user.has_password() => "account without a password".to_owned(),
        Some(_) => "wrong password".to_owned(),
    };
    audit::record(connection, source, Event::LoginFailed, user.map(|user| user.id.as_str()), Some(&reason))?;
    Ok(Outcome::Wrong)
}
