//! Sample accounts for trying Vestibule out. Everyone knows their passwords.

use super::Accounts;
use super::audit::Source;
use super::names::{DisplayName, Username};
use super::password::Password;
use super::user::role::RoleName;
use super::user::{self, NewUser};
use super::work::Work;

/// Username, display name, password, whether it is an admin.
const SAMPLES: &[(&str, &str, &str, bool)] = &[
    ("admin", "Admin", "password", true),
    ("python", "Python", "python", false),
    ("jumpiness", "Jumpiness", "python", false),
    ("roy", "Roy", "roy", false),
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

/// Makes the sample accounts. The rules for new passwords don't apply to them.
///
/// # Errors
/// When the database can't be written; then there is none of them.
pub async fn seed(accounts: &Accounts, source: &Source) -> Result<Vec<Seeded>, user::Error> {
    // Hashing comes first: no connection is held during it.
    let mut samples = Vec::new();
    for sample in SAMPLES {
        let hash = accounts.hasher.hash_blocking(&Password::typed(sample.2));
        samples.push((sample, new_user(sample, hash)));
    }
    let seed = move |work: &mut Work<'_>| {
        let seeded = samples.iter().map(|((username, _, password, _), new)| {
            let created = match user::create(work, new) {
                Ok(_) => true,
                Err(user::Error::UsernameTaken) => false,
                Err(error) => return Err(error),
            };
            Ok(Seeded { username, password, created })
        });
        seeded.collect()
    };
    accounts.write(source, seed).await
}

fn new_user(sample: &(&str, &str, &str, bool), password_hash: String) -> NewUser {
    let (username, display_name, _, is_admin) = sample;
    NewUser {
        username: Username::parse(username).expect("the samples are usernames"),
        display_name: DisplayName::parse(display_name).expect("the samples are names"),
        email: None,
        is_email_confirmed: false,
        roles: is_admin.then(RoleName::admin).into_iter().collect(),
        password_hash,
    }
}
