//! A new password for someone who has forgotten theirs, without an admin: whoever types the name of an account lets its
//! owner get a link by mail, at the address that is stored.
//!
//! Nobody learns by it whether there is such an account. A request writes one row, whatever the name is, and that is all
//! that its answer waits for; nothing looks for the name before. The row is answered beside the requests, a moment later
//! (`answer`), so that what follows from it doesn't show in the time of another request either. A row that was written is
//! answered, whatever happens to the process.

mod answer;
mod bell;
mod waiting;

use super::Accounts;
use super::audit::{Refusal, Source, refusals};
use super::login::device::{self, DeviceToken};
use super::throttle::{Network, Wait};
use super::work::Work;
use crate::db;
use crate::texts::{Message, Worded};

pub use answer::answer;
pub use bell::Bell;
pub(super) use waiting::sweep;

/// No name is longer, in characters.
pub const LONGEST_NAME: usize = 1024;

/// Why a request is not taken. Nothing of it depends on the name.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Mail is off.
    #[error("this server sends no mail: ask an administrator for a link")]
    NoMail,
    /// This is longer than any name.
    #[error("{}", self.words())]
    NoName,
    /// Too many requests from this network.
    #[error("{}", self.words())]
    Throttled(Wait),
    /// The database does not answer, or too many requests wait already.
    #[error(transparent)]
    Database(#[from] db::Error),
}

impl Worded for Refused {
    fn words(&self) -> Message {
        match self {
            Refused::NoMail => Message::new("forgot-ask"),
            Refused::NoName => Message::new("forgot-no-name"),
            Refused::Throttled(wait) => Message::new("forgot-throttled").with("wait", wait.words()),
            Refused::Database(_) => Message::new("error-503-text"),
        }
    }
}

/// Takes the request of someone who typed this name, in a browser that may be known to some account.
///
/// # Errors
/// Why it is not taken.
pub async fn request(
    accounts: &Accounts,
    name: &str,
    device: Option<DeviceToken>,
    source: &Source,
) -> Result<(), Refused> {
    if !accounts.sends_mail() {
        return Err(Refused::NoMail);
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(Refused::NoName);
    }
    let owner = match device {
        Some(device) => accounts.look_up(move |connection| device::owner(connection, &device)).await?,
        None => None,
    };
    if let Err(wait) = draw(accounts, owner, source) {
        refusals::note(accounts, source.clone(), Refusal::ResetThrottled, None, Some("network".to_owned()));
        return Err(Refused::Throttled(wait));
    }
    let row = waiting::sealed(accounts, name, source);
    let bell = accounts.resets.clone();
    let write = move |work: &mut Work<'_>| -> db::Result<()> {
        waiting::add(work, &row)?;
        work.after_commit(move || bell.ring());
        Ok(())
    };
    Ok(accounts.write_for_anyone(source, write).await?)
}

/// A browser that somebody has logged in with has requests of its own, whatever name is typed, so that neighbours in its
/// network can't keep it from asking.
fn draw(accounts: &Accounts, owner: Option<String>, source: &Source) -> Result<(), Wait> {
    if let Some(owner) = owner
        && accounts.known_resets.take(owner).is_ok()
    {
        return Ok(());
    }
    source.address.map_or(Ok(()), |address| accounts.network_resets.take(Network::from(address)))
}
