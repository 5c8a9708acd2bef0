//! Signing up: anyone makes an account of their own, when `registration` is open, and whoever has an invitation at any
//! time. Where mail is sent, the account is made once the link is opened that went to its address. An admin makes accounts
//! for others.

mod asked;
mod confirm;
mod hashed;
mod invited;
mod pending;
mod refused;
mod robots;
mod rules;
mod wanted;

use super::Accounts;
use super::audit::{Refusal, Source, refusals};
use super::captcha::{self, Answer, Unsolved};
use super::invitation::{self, Invitation};
use super::login::{self, SignedIn};
use super::names::Username;
use super::one_time_link::LinkToken;
use super::password::Who;
use super::session::SessionToken;
use super::throttle::{Network, Wait};
use super::user::{self, Account, WaitsFor};
use super::work::Work;

pub use confirm::{Confirmation, Confirmed, LinkRefused, Proposed, confirm, proposed};
pub(super) use hashed::hashed;
use invited::{create_invited, create_uninvited, invited};
pub use pending::HOURS as LINK_WORKS_HOURS;
pub(super) use pending::{hash_of, sweep};
pub use refused::Refused;
pub use robots::{Robot, screen};
pub use rules::{EmailRefused, Rules};
pub use wanted::SignUp;

/// For what the captchas of the API are made; those of a page are made for that page.
pub const API_FORM: &str = "api";

/// Whether whoever asks has to solve a captcha to sign up, with this invitation or none.
pub fn needs_captcha(accounts: &Accounts, invited: Option<&Invitation>, source: &Source) -> bool {
    is_counted(accounts, invited) && captcha::is_needed_to_sign_up(accounts, source.address)
}

/// Whether captchas are for whoever has this invitation. An admin has vouched for them; but where mail is sent, one that is
/// for no address lets its holder have letters sent to any number of them.
fn is_counted(accounts: &Accounts, invited: Option<&Invitation>) -> bool {
    invited.is_none_or(|invitation| invitation.email.is_none() && accounts.sends_mail())
}

/// What someone shows who signs up.
#[derive(Debug)]
pub struct Shown<'a> {
    /// The token of an invitation.
    pub invitation: Option<LinkToken>,
    /// The answer to a captcha.
    pub captcha: &'a Answer,
    /// For what the captcha was made.
    pub form: &'a str,
}

/// How a sign-up on the page ended.
#[derive(Debug)]
pub enum SignedUp {
    /// The account is there, and its owner is logged in.
    SignedIn(Box<SignedIn>),
    /// The account is there, and waits.
    Waiting(WaitsFor),
    /// A letter is on its way to the address; the account is made by the link in it, if nobody has the address.
    Asked,
}

/// How a sign-up by a program ended.
#[derive(Debug)]
pub enum Made {
    /// The account is there.
    Account(Box<Account>),
    /// As [`SignedUp::Asked`].
    Asked,
}

/// Makes an account, or sends the link that makes it: see [`SignedUp`].
///
/// # Errors
/// Why there is none.
pub async fn sign_up(accounts: &Accounts, wanted: SignUp, shown: Shown<'_>, source: &Source) -> Result<Made, Refused> {
    make(accounts, wanted, shown, source, Made::Asked, |_, account| Ok(Made::Account(Box::new(account)))).await
}

/// Makes an account and logs its owner in, in one transaction, unless the account has to wait, or for its link. The
/// session that the browser had until now ends, whoever it belonged to, so that nobody can have planted it.
///
/// # Errors
/// Why there is none.
pub async fn sign_up_and_log_in(
    accounts: &Accounts,
    wanted: SignUp,
    shown: Shown<'_>,
    replaces: Option<SessionToken>,
    source: &Source,
) -> Result<SignedUp, Refused> {
    let lifetimes = accounts.lifetimes.clone();
    let log_in = move |work: &mut Work<'_>, account: Account| {
        if let Some(waits_for) = account.user.waits_for() {
            return Ok(SignedUp::Waiting(waits_for));
        }
        let signed_in = login::begin(work, &lifetimes, &account.user.id, false, replaces.as_ref(), None)?;
        Ok(SignedUp::SignedIn(Box::new(signed_in)))
    };
    make(accounts, wanted, shown, source, SignedUp::Asked, log_in).await
}

async fn make<T: Send + 'static>(
    accounts: &Accounts,
    wanted: SignUp,
    shown: Shown<'_>,
    source: &Source,
    when_asked: T,
    then: impl FnOnce(&mut Work<'_>, Account) -> Result<T, user::Error> + Send + 'static,
) -> Result<T, Refused> {
    let invited = invited(accounts, &wanted, shown.invitation.as_ref(), source).await?;
    if wanted.username.as_ref().is_some_and(Username::is_reserved) {
        return Err(Refused::ReservedUsername);
    }
    // An address that an invitation names is fine, whatever the rules are for others.
    if invited.as_ref().is_none_or(|invitation| invitation.email.is_none()) {
        accounts.sign_up.check_email(wanted.email.as_ref())?;
    }
    let first_choice = wanted.first_choice().ok_or(Refused::NoName)?;
    if is_counted(accounts, invited.as_ref()) {
        look_for_captcha(accounts, &shown, source).await?;
    }
    let network = source.address.map(Network::from);
    if let Err(wait) = take(accounts, network) {
        refusals::note(accounts, source.clone(), Refusal::SignUpThrottled, None, None);
        return Err(Refused::Throttled(wait));
    }
    let made = match hashed(accounts, wanted, first_choice, Who::Stranger(network)).await {
        Ok(new) => {
            let (owned, token) = (accounts.clone(), shown.invitation);
            let create = move |work: &mut Work<'_>| {
                if let Some(email) = new.email().filter(|_| owned.sends_mail()).cloned() {
                    asked::ask(work, &owned, new, &email, invited.map(|invitation| invitation.id))?;
                    return Ok(when_asked);
                }
                let account = match token {
                    Some(token) => {
                        let invitation = invitation::take(work, &token)?.ok_or(Refused::Invitation)?;
                        create_invited(work, new, &invitation)?
                    }
                    None => create_uninvited(work, new, owned.sign_up.waits_for())?,
                };
                Ok(then(work, account)?)
            };
            accounts.write_for_anyone(source, create).await
        }
        Err(full) => Err(Refused::Busy(full)),
    };
    give_back(accounts, network, &made);
    made
}

/// Lets someone solve a captcha, where their network has to.
async fn look_for_captcha(accounts: &Accounts, shown: &Shown<'_>, source: &Source) -> Result<(), Refused> {
    let Shown { captcha: answer, form, .. } = shown;
    let is_needed = captcha::is_needed_to_sign_up(accounts, source.address);
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
    Ok(())
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
    let new = hashed(accounts, wanted, first_choice, who).await.map_err(Refused::Busy)?.vouched_for();
    let create = move |work: &mut Work<'_>| -> Result<Account, user::Error> {
        work.demand_admin()?;
        new.create(work, Vec::new())
    };
    accounts.write(source, create).await.map_err(Refused::User)
}
