//! Signing up: anyone makes an account of their own, when `registration` is open. An admin makes accounts for others at
//! any time.

use super::Accounts;
use super::audit::{Refusal, Source, refusals};
use super::names::{DisplayName, EmailAddress, Username};
use super::password::{Full, NewPassword, Who};
use super::throttle::{Network, Wait};
use super::user::data::{self, UserData};
use super::user::{self, Account, NewUser};
use super::work::Work;
use crate::db::DbConnection;

/// What someone wants to be known by.
#[derive(Debug)]
pub struct SignUp {
    /// The name to log in by; made from the address when it is left out.
    pub username: Option<Username>,
    /// The name to be greeted by; the username when it is left out.
    pub display_name: Option<DisplayName>,
    /// The address; needed when there is no username.
    pub email: Option<EmailAddress>,
    /// The password that they chose.
    pub password: NewPassword,
    /// What the app wants to keep for them.
    pub data: Option<UserData>,
}

/// Why there is no account.
#[derive(Debug)]
pub enum Refused {
    /// Signing up is not open.
    Closed,
    /// Too many from this network.
    Throttled(Wait),
    /// Too many passwords wait already.
    Busy(Full),
    /// The name is kept for the site itself.
    ReservedUsername,
    /// Neither a username nor an address.
    NoName,
    /// The name or the address is taken, or the database does not answer.
    User(user::Error),
}

impl<E: Into<user::Error>> From<E> for Refused {
    fn from(error: E) -> Refused {
        Refused::User(error.into())
    }
}

/// Makes an account.
///
/// # Errors
/// Why there is none.
pub async fn sign_up(accounts: &Accounts, wanted: SignUp, source: &Source) -> Result<Account, Refused> {
    if !accounts.registration_is_open {
        return Err(Refused::Closed);
    }
    if wanted.username.as_ref().is_some_and(Username::is_reserved) {
        return Err(Refused::ReservedUsername);
    }
    let first_choice = match (&wanted.username, &wanted.email) {
        (Some(username), _) => username.clone(),
        (None, Some(email)) => Username::from_email(email),
        (None, None) => return Err(Refused::NoName),
    };
    if let Some(address) = source.address
        && let Err(wait) = accounts.sign_ups.take(Network::from(address))
    {
        refusals::note(accounts, source.clone(), Refusal::SignUpThrottled, None, None);
        return Err(Refused::Throttled(wait));
    }
    let who = Who::Stranger(source.address.map(Network::from));
    let made = match hashed(accounts, wanted, first_choice, who).await {
        Ok(new) => accounts.write_for_anyone(source, move |work| new.create(work)).await.map_err(Refused::User),
        Err(full) => Err(Refused::Busy(full)),
    };
    // Only an account counts: who chose a name that is taken tries another one.
    if let (Err(_), Some(address)) = (&made, source.address) {
        accounts.sign_ups.give_back(&Network::from(address));
    }
    made
}

/// Makes an account for someone else, in the name of an admin, with a password that the admin has chosen. Nothing is
/// counted, and names that are kept for the site may be given.
///
/// # Errors
/// Why there is none.
pub async fn provision(accounts: &Accounts, wanted: SignUp, source: &Source) -> Result<Account, Refused> {
    let first_choice = match (&wanted.username, &wanted.email) {
        (Some(username), _) => username.clone(),
        (None, Some(email)) => Username::from_email(email),
        (None, None) => return Err(Refused::NoName),
    };
    let admin = source.actor.as_str().unwrap_or_default().to_owned();
    let who = Who::Known(admin, source.address.map(Network::from));
    let new = hashed(accounts, wanted, first_choice, who).await.map_err(Refused::Busy)?;
    let create = move |work: &mut Work<'_>| -> Result<Account, user::Error> {
        work.demand_admin()?;
        new.create(work)
    };
    accounts.write(source, create).await.map_err(Refused::User)
}

/// An account to be made, as soon as its name is known to be free.
struct Hashed {
    wanted: Option<Username>,
    first_choice: Username,
    display_name: Option<DisplayName>,
    email: Option<EmailAddress>,
    data: Option<UserData>,
    password_hash: String,
}

async fn hashed(accounts: &Accounts, wanted: SignUp, first_choice: Username, who: Who) -> Result<Hashed, Full> {
    let SignUp { username, display_name, email, password, data } = wanted;
    let place = accounts.hasher.enter_to_hash(who)?;
    let password_hash = accounts.hasher.hash(place, password.into_password()).await;
    Ok(Hashed { wanted: username, first_choice, display_name, email, data, password_hash })
}

impl Hashed {
    fn create(self, work: &mut Work<'_>) -> Result<Account, user::Error> {
        let username = match self.wanted {
            Some(username) => username,
            None => free_username(work.connection(), self.first_choice)?,
        };
        let display_name = self.display_name.unwrap_or_else(|| DisplayName::of(&username));
        let (email, password_hash) = (self.email, self.password_hash);
        let account = user::create(work, &NewUser { username, display_name, email, roles: Vec::new(), password_hash })?;
        if let Some(data) = &self.data {
            data::keep(work, &account.user.id, data)?;
        }
        Ok(account)
    }
}

/// The first of `anna`, `anna2`, `anna3` … that nobody has; after some tries a random one.
fn free_username(connection: &mut DbConnection, wanted: Username) -> Result<Username, user::Error> {
    // Figures behind a reserved name make it no other one.
    let wanted = if wanted.is_reserved() { Username::neutral() } else { wanted };
    let numbered = (2..20).map(|number: u32| wanted.with_suffix(&number.to_string()));
    let random: [u8; 4] = super::secret::random_bytes();
    let last = wanted.with_suffix(&u32::from_ne_bytes(random).to_string());
    let free = |connection: &mut DbConnection, name: &Username| match user::refuse_taken(connection, name, None) {
        Ok(()) => Ok(true),
        Err(user::Error::UsernameTaken) => Ok(false),
        Err(error) => Err(error),
    };
    for name in std::iter::once(wanted.clone()).chain(numbered) {
        if free(connection, &name)? {
            return Ok(name);
        }
    }
    Ok(last)
}
