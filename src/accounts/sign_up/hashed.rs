//! An account that waits for its transaction: the password is hashed already, since no connection is held while that is done.

use super::pending::Pending;
use super::wanted::SignUp;
use crate::accounts::Accounts;
use crate::accounts::names::{DisplayName, EmailAddress, Username};
use crate::accounts::password::{Full, Who};
use crate::accounts::user::data::{self, UserData};
use crate::accounts::user::role::RoleName;
use crate::accounts::user::{self, Account, NewUser};
use crate::accounts::work::Work;
use crate::db::{self, DbConnection};

/// An account to be made, as soon as its name is known to be free.
pub(in crate::accounts) struct Hashed {
    wanted: Option<Username>,
    first_choice: Username,
    display_name: Option<DisplayName>,
    email: Option<EmailAddress>,
    data: Option<UserData>,
    password_hash: String,
    is_email_confirmed: bool,
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
    Ok(Hashed { wanted: username, first_choice, display_name, email, data, password_hash, is_email_confirmed: false })
}

impl Hashed {
    /// The account that a sign-up waited for, whose link was opened.
    pub(super) fn confirmed(pending: Pending, username: Username, email: EmailAddress) -> Hashed {
        let data = pending.data.as_deref().and_then(|data| serde_json::from_str(data).ok());
        Hashed {
            wanted: Some(username.clone()),
            first_choice: username,
            display_name: DisplayName::parse(&pending.display_name).ok(),
            email: Some(email),
            data: data.and_then(|data| UserData::new(data).ok()),
            password_hash: pending.password_hash,
            is_email_confirmed: true,
        }
    }

    /// The same account for whose address somebody vouches.
    pub(in crate::accounts) fn vouched_for(self) -> Hashed {
        Hashed { is_email_confirmed: true, ..self }
    }

    /// The address that was given.
    pub(super) fn email(&self) -> Option<&EmailAddress> {
        self.email.as_ref()
    }

    /// What is stored until the link is opened that goes to this address.
    pub(super) fn into_pending(
        self,
        work: &mut Work<'_>,
        email: &EmailAddress,
        invitation: Option<String>,
    ) -> Result<Pending, user::Error> {
        let username = match self.wanted {
            Some(username) => {
                user::refuse_taken(work.connection(), &username, None)?;
                username
            }
            None => free_username(work.connection(), self.first_choice)?,
        };
        Ok(Pending {
            id: db::new_id(),
            display_name: self.display_name.unwrap_or_else(|| DisplayName::of(&username)).as_str().to_owned(),
            username: username.as_str().to_owned(),
            email: email.as_given().to_owned(),
            password_hash: self.password_hash,
            data: self.data.map(|data| data.into_value().to_string()),
            invitation,
            expires_at: Pending::until(),
        })
    }

    /// One of this name.
    #[cfg(test)]
    pub(super) fn for_tests(username: Username, email: &EmailAddress) -> Hashed {
        Hashed {
            wanted: Some(username.clone()),
            first_choice: username,
            display_name: None,
            email: Some(email.clone()),
            data: None,
            password_hash: "hash".to_owned(),
            is_email_confirmed: false,
        }
    }

    /// Makes the account, with these roles.
    pub(in crate::accounts) fn create(self, work: &mut Work<'_>, roles: Vec<RoleName>) -> Result<Account, user::Error> {
        let Hashed { wanted, first_choice, display_name, email, data, password_hash, is_email_confirmed } = self;
        let username = match wanted {
            Some(username) => username,
            None => free_username(work.connection(), first_choice)?,
        };
        let display_name = display_name.unwrap_or_else(|| DisplayName::of(&username));
        let new = NewUser { username, display_name, email, is_email_confirmed, roles, password_hash };
        let account = user::create(work, &new)?;
        if let Some(data) = &data {
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
