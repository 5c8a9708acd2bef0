//! Sample accounts for trying Vestibule out. Everyone knows their passwords.

use super::Accounts;
use super::audit::Source;
use super::display_name::DisplayName;
use super::password::Password;
use super::role::{ADMIN, RoleName};
use super::user::{self, NewUser};
use super::username::Username;

/// Username, display name, password, role.
const SAMPLES: &[(&str, &str, &str, Option<&str>)] = &[
    ("admin", "Admin", "password", Some(ADMIN)),
    ("python", "Python", "python", None),
    ("jumpiness", "Jumpiness", "python", None),
    ("roy", "Roy", "roy", None),
];

/// One sample account, for telling whoever asked for it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Seeded {
    /// The name to log in by.
    pub username: &'static str,
    /// The password that everyone knows.
    pub password: &'static str,
    /// False when the name was taken; that account was left as it was.
    pub created: bool,
}

/// Makes the sample accounts. The rules for new passwords do not bind them.
///
/// # Errors
/// When the database can't be written; then there is none of them.
pub fn seed(accounts: &Accounts, source: &Source) -> Result<Vec<Seeded>, user::Error> {
    // Hashing comes first: no connection is held meanwhile.
    let samples: Vec<NewUser> = SAMPLES.iter().map(|sample| new_user(accounts, sample)).collect();
    accounts.write_blocking(source.clone(), |work| {
        let mut seeded = Vec::new();
        for (sample, new) in SAMPLES.iter().zip(&samples) {
            let created = match user::create(work, new) {
                Ok(_) => true,
                Err(user::Error::UsernameTaken) => false,
                Err(error) => return Err(error),
            };
            seeded.push(Seeded { username: sample.0, password: sample.2, created });
        }
        Ok(seeded)
    })
}

fn new_user(accounts: &Accounts, sample: &(&str, &str, &str, Option<&str>)) -> NewUser {
    let (username, display_name, password, role) = sample;
    NewUser {
        username: Username::parse(username).expect("the samples are usernames"),
        display_name: DisplayName::parse(display_name).expect("the samples are names"),
        email: None,
        roles: role.iter().map(|role| RoleName::parse(role).expect("the samples are roles")).collect(),
        password_hash: accounts.hasher.hash_blocking(&Password::typed(password)),
    }
}
