//! Logging in on the page. After many failures of a network, or at one name, a captcha comes first, so that a program
//! which guesses gets no further. Whether anybody has the name makes no difference.
//!
//! Programs have doors of their own, where they are never asked: they can't read a picture, and the budgets of attempts
//! bound them.

use super::device::DeviceToken;
use super::entrance;
use super::metrics::Ended;
use super::{Attempt, Outcome, log_in};
use crate::accounts::Accounts;
use crate::accounts::audit::{Refusal, Source, refusals};
use crate::accounts::captcha::{self, Answer, Unsolved};
use crate::accounts::throttle::{self, Network, Standing, Subject, Wait};
use crate::db;

/// For what the captchas of the login page are made.
pub const FORM: &str = "login";

/// How a login on the page ended.
#[derive(Debug)]
pub enum OnPage {
    /// The password was not looked at, and no attempt is spent: a captcha has to be solved first.
    Unsolved(Unsolved),
    /// There is no attempt left, so that the captcha was not looked at either.
    NoAttempt(Wait),
    /// It was tried. If there was a captcha, it is spent.
    Tried(Outcome),
}

/// Whether the login page has to show a captcha to whoever asks for it. Without a name only the network counts, and the
/// cookie of a device is believed: whether it is known to the account is looked at when there is a name.
///
/// # Errors
/// When the database does not answer.
pub async fn asks(
    accounts: &Accounts,
    name: Option<&str>,
    device: Option<&DeviceToken>,
    source: &Source,
) -> db::Result<bool> {
    match name {
        Some(name) => Ok(demand(accounts, name, device, source).await?.is_some()),
        None => Ok(device.is_none() && captcha::is_needed_to_log_in(accounts, source.address)),
    }
}

/// Logs in, with the answer to a captcha if that is asked for.
///
/// # Errors
/// When the database does not answer.
pub async fn log_in_on_page(
    accounts: &Accounts,
    attempt: Attempt,
    answer: &Answer,
    source: &Source,
) -> db::Result<OnPage> {
    if let Some(demand) = demand(accounts, &attempt.name, attempt.device.as_ref(), source).await? {
        let Demand { wait, subject, target } = demand;
        if let Some(wait) = wait {
            accounts.logins.count(Ended::Throttled);
            entrance::note_throttled(accounts, subject.to_string(), target, source);
            return Ok(OnPage::NoAttempt(wait));
        }
        // An answer is a write by a stranger, and a guess: unless it is right, it counts as a login of the network's.
        let network = source.address.map(Network::from).filter(|_| !answer.text.trim().is_empty());
        if let Some(wait) = network.and_then(|network| accounts.networks.take(network).err()) {
            accounts.logins.count(Ended::Throttled);
            entrance::note_throttled_network(accounts, source);
            return Ok(OnPage::NoAttempt(wait));
        }
        if let Err(unsolved) = captcha::solve(accounts, answer, FORM, source).await? {
            accounts.logins.count(Ended::Captcha);
            if unsolved != Unsolved::Missing {
                let detail = Some("without the right answer to a captcha".to_owned());
                refusals::note(accounts, source.clone(), Refusal::LoginRefused, target, detail);
            }
            return Ok(OnPage::Unsolved(unsolved));
        }
        if let Some(network) = network {
            accounts.networks.give_back(&network);
        }
    }
    Ok(OnPage::Tried(log_in(accounts, attempt, source).await?))
}

/// That a captcha has to be solved.
struct Demand {
    /// How long there is no attempt at this name, so that solving one would be for nothing.
    wait: Option<Wait>,
    /// Whose budget the attempt would draw from.
    subject: Subject,
    /// The account that has the name.
    target: Option<String>,
}

/// Whether a login by this name takes a captcha. A device that is known to the account is never asked.
async fn demand(
    accounts: &Accounts,
    name: &str,
    device: Option<&DeviceToken>,
    source: &Source,
) -> db::Result<Option<Demand>> {
    let (owned, name, device) = (accounts.clone(), name.to_owned(), device.cloned());
    let found = accounts.look_up(move |connection| {
        let found = entrance::find(connection, &name, device.as_ref())?;
        let subject = found.subject(&owned, &name);
        let standing = throttle::look(connection, &subject, &owned.limits)?;
        Ok::<_, db::Error>((found, subject, standing))
    });
    let (found, subject, Standing { wait, is_under_attack }) = found.await?;
    let is_needed = is_under_attack || captcha::is_needed_to_log_in(accounts, source.address);
    let target = found.user.as_ref().map(|user| user.id.clone());
    Ok((is_needed && found.device.is_none()).then_some(Demand { wait, subject, target }))
}
