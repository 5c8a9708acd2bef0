//! An account that waits for its transaction: the password is hashed already, since no connection is held while that is done.

use super::wanted::SignUp;
use crate::accounts::Accounts;
use crate::accounts::names::{DisplayName, EmailAddress, Username};
use crate::accounts::password::{Full, Who};
use crate::accounts::user::data::{self, UserData};
use crate::accounts::user::role::RoleName;
use crate::accounts::user::{self, Account, NewUser};
use crate::accounts::work::Work;
use crate::db::DbConnection;

/// An account to be made, as soon as its name is known to be free.
pub(in crate::accounts) struct Hashed {
    wanted: Option<Username>,
    first_choice: Username,
    display_name: Option<DisplayName>,
    email: Option<EmailAddress>,
    data: Option<UserData>,
    password_hash: String,
}

/// Hashes the password of an account. The first choice is its username, or one made from its address.
pub(in crate::accounts) async fn hashed(
    accounts: &Accounts,
    wanted: SignUp,
    first_choice: Username,
    who: Who,
) -> Result<Hashed, Full> {
    let SignUp { username, display_name, email, password, data } = wanted;
    let place = accounts.hasher.enter_to_hash(who)?;
    let password_hash = accounts.hasher.hash(place, password.into_password()).await;
    Ok(Hashed { wanted: username, first_choice, display_name, email, data, password_hash })
}

impl Hashed {
    /// Makes the account, with these roles.
    pub(in crate::accounts) fn create(self, work: &mut Work<'_>, roles: Vec<RoleName>) -> Result<Account, user::Error> {
        let username = match self.wanted {
            Some(username) => username,
            None => free_username(work.connection(), self.first_choice)?,
        };
        let display_name = self.display_name.unwrap_or_else(|| DisplayName::of(&username));
        let (email, password_hash) = (self.email, self.password_hash);
        let account = user::create(work, &NewUser { username, display_name, email, roles, password_hash })?;
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
    let random: [u8; 4] = crate::accounts::secret::random_bytes();
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
