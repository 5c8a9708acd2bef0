//! Signing up: anyone makes an account of their own, when `registration` is open. An admin makes accounts for others at
//! any time.

mod hashed;
mod robots;
mod rules;
mod wanted;

use super::Accounts;
use super::audit::{Refusal, Source, refusals};
use super::captcha::{self, Answer, Unsolved};
use super::login::{self, SignedIn};
use super::names::Username;
use super::password::{Full, Who};
use super::session::SessionToken;
use super::throttle::{Network, Wait};
use super::user::{self, Account};
use super::work::Work;

pub(super) use hashed::hashed;
pub use robots::{Robot, screen};
pub use rules::{EmailRefused, Rules};
pub use wanted::SignUp;

/// Why there is no account. The text is for the person who wanted one.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Signing up is not open.
    #[error("Signing up is closed here. Ask an administrator for an account.")]
    Closed,
    /// Too many from this network.
    #[error("Too many attempts. Wait {}, then try again.", .0.in_words())]
    Throttled(Wait),
    /// Too many passwords wait already.
    #[error("The server is busy just now. Wait {}, then try again.", .0.0.in_words())]
    Busy(Full),
    /// The name is kept for the site itself.
    #[error("This name is kept for the site. Choose another one.")]
    ReservedUsername,
    /// Neither a username nor an address.
    #[error("Enter a username, or an email address to make one from.")]
    NoName,
    /// The address is missing, or not one that people may sign up with.
    #[error(transparent)]
    Email(#[from] EmailRefused),
    /// A captcha is to be solved first.
    #[error(transparent)]
    Captcha(Unsolved),
    /// The name or the address is taken, or the database does not answer.
    #[error(transparent)]
    User(user::Error),
}

impl<E: Into<user::Error>> From<E> for Refused {
    fn from(error: E) -> Refused {
        Refused::User(error.into())
    }
}

/// For what the captchas of the API are made; those of a page are made for that page.
pub const API_FORM: &str = "api";

/// Whether whoever asks has to solve a captcha to sign up.
pub fn needs_captcha(accounts: &Accounts, source: &Source) -> bool {
    captcha::is_needed_to_sign_up(accounts, source.address)
}

/// Makes an account.
///
/// # Errors
/// Why there is none.
pub async fn sign_up(
    accounts: &Accounts,
    wanted: SignUp,
    captcha: &Answer,
    source: &Source,
) -> Result<Account, Refused> {
    make(accounts, wanted, (captcha, API_FORM), source, |_, account| Ok(account)).await
}

/// Makes an account and logs its owner in, in one transaction. The session that the browser had until now ends, whoever
/// it belonged to, so that nobody can have planted it.
///
/// # Errors
/// Why there is none.
pub async fn sign_up_and_log_in(
    accounts: &Accounts,
    wanted: SignUp,
    captcha: (&Answer, &str),
    replaces: Option<SessionToken>,
    source: &Source,
) -> Result<SignedIn, Refused> {
    let lifetimes = accounts.lifetimes.clone();
    let log_in = move |work: &mut Work<'_>, account: Account| {
        Ok(login::begin(work, &lifetimes, &account.user.id, false, replaces.as_ref(), None)?)
    };
    make(accounts, wanted, captcha, source, log_in).await
}

async fn make<T: Send + 'static>(
    accounts: &Accounts,
    wanted: SignUp,
    (answer, form): (&Answer, &str),
    source: &Source,
    then: impl FnOnce(&mut Work<'_>, Account) -> Result<T, user::Error> + Send + 'static,
) -> Result<T, Refused> {
    if !accounts.sign_up.is_open() {
        return Err(Refused::Closed);
    }
    if wanted.username.as_ref().is_some_and(Username::is_reserved) {
        return Err(Refused::ReservedUsername);
    }
    accounts.sign_up.check_email(wanted.email.as_ref())?;
    let first_choice = wanted.first_choice().ok_or(Refused::NoName)?;
    let is_needed = needs_captcha(accounts, source);
    captcha::count_sign_up(accounts, source.address);
    if is_needed {
        // An answer is a write by a stranger, and a guess: the network's logins are counted in the same bucket.
        if let (Some(address), false) = (source.address, answer.text.is_empty())
            && let Err(wait) = accounts.networks.take(Network::from(address))
        {
            refusals::note(accounts, source.clone(), Refusal::SignUpThrottled, None, None);
            return Err(Refused::Throttled(wait));
        }
        captcha::solve(accounts, answer, form, source).await?.map_err(|unsolved| {
            if unsolved != Unsolved::Missing {
                let why = Some("without the right answer to a captcha".to_owned());
                refusals::note(accounts, source.clone(), Refusal::SignUpRefused, None, why);
            }
            Refused::Captcha(unsolved)
        })?;
    }
    let network = source.address.map(Network::from);
    if let Err(wait) = take(accounts, network) {
        refusals::note(accounts, source.clone(), Refusal::SignUpThrottled, None, None);
        return Err(Refused::Throttled(wait));
    }
    let made = match hashed(accounts, wanted, first_choice, Who::Stranger(network)).await {
        Ok(new) => {
            let create = move |work: &mut Work<'_>| {
                let account = new.create(work, Vec::new())?;
                then(work, account)
            };
            accounts.write_for_anyone(source, create).await.map_err(Refused::User)
        }
        Err(full) => Err(Refused::Busy(full)),
    };
    give_back(accounts, network, &made);
    made
}

/// Takes one sign-up from a network, and one name that is taken, of which it may be told.
fn take(accounts: &Accounts, network: Option<Network>) -> Result<(), Wait> {
    let Some(network) = network else { return Ok(()) };
    accounts.sign_ups.take(network)?;
    accounts.taken_names.take(network).inspect_err(|_| accounts.sign_ups.give_back(&network))
}

/// Gives back what was taken for nothing: who chose a name that is taken tries another one, but does not learn of all
/// names whether somebody has them.
fn give_back<T>(accounts: &Accounts, network: Option<Network>, made: &Result<T, Refused>) {
    let Some(network) = network else { return };
    let is_taken = matches!(made, Err(Refused::User(user::Error::UsernameTaken | user::Error::EmailTaken)));
    if made.is_err() {
        accounts.sign_ups.give_back(&network);
    }
    if !is_taken {
        accounts.taken_names.give_back(&network);
    }
}

/// Makes an account for someone else, in the name of an admin, with a password that the admin has chosen. Nothing is
/// counted, and names that are kept for the site may be given.
///
/// # Errors
/// Why there is none.
pub async fn provision(accounts: &Accounts, wanted: SignUp, source: &Source) -> Result<Account, Refused> {
    let first_choice = wanted.first_choice().ok_or(Refused::NoName)?;
    let admin = source.actor.as_str().unwrap_or_default().to_owned();
    let who = Who::Known(admin, source.address.map(Network::from));
    let new = hashed(accounts, wanted, first_choice, who).await.map_err(Refused::Busy)?;
    let create = move |work: &mut Work<'_>| -> Result<Account, user::Error> {
        work.demand_admin()?;
        new.create(work, Vec::new())
    };
    accounts.write(source, create).await.map_err(Refused::User)
}
