//! What the program knows about people: who they are, how they log in, what they did.
//!
//! Pages, JSON and the command line call the same functions here. They decide; a door only asks and answers.
//! Nothing in here knows HTTP.

pub mod audit;
pub mod device;
pub mod display_name;
pub mod email;
pub mod login;
pub mod login_history;
pub mod password;
pub mod password_check;
pub mod role;
pub mod seed;
pub mod session;
pub mod sweep;
pub mod throttle;
pub mod token;
pub mod user;
pub mod username;

use std::time::Duration;

use crate::config::{Config, SecretKey};
use crate::db::Db;

/// What the functions on this floor work with. Made once at the start.
#[derive(Clone)]
pub struct Accounts {
    /// The database.
    pub db: Db,
    /// Checks and makes password hashes.
    pub hasher: password::Hasher,
    /// What a new password has to be like.
    pub password_rules: password::Rules,
    /// How long sessions live.
    pub lifetimes: session::Lifetimes,
    /// How many attempts at passwords there are.
    pub limits: throttle::Limits,
    /// What each network has left of logins.
    pub networks: throttle::Memory<throttle::Network>,
    /// Which refusals were written down within the last minute.
    throttle_notes: throttle::Memory<String>,
    /// How long the audit is kept.
    pub audit_kept: chrono::Duration,
    /// The issuer and audience of access tokens: `public_url`, or `vestibule` when it is unset.
    pub issuer: String,
    key: SecretKey,
}

impl Accounts {
    /// Puts the floor together from the configuration.
    pub fn new(config: &Config, db: Db, key: SecretKey) -> Accounts {
        let settings = &config.settings;
        Accounts {
            db,
            hasher: password::Hasher::new(settings.bcrypt_cost),
            password_rules: password::Rules::new(settings),
            lifetimes: session::Lifetimes::new(settings),
            limits: throttle::Limits::new(settings),
            networks: throttle::Memory::new(
                settings.network_logins,
                Duration::from_secs(settings.network_login_seconds.into()),
            ),
            throttle_notes: throttle::Memory::new(1, Duration::from_secs(60)),
            audit_kept: chrono::Duration::days(settings.audit_days.into()),
            issuer: settings.public_url.clone().map_or_else(|| "vestibule".to_owned(), String::from),
            key,
        }
    }

    /// What the audit holds in place of a name that belongs to nobody: it may be a password typed into the
    /// wrong field, so it is kept only as a keyed hash, which still shows repetitions.
    pub fn name_digest(&self, typed: &str) -> String {
        let address = email::EmailAddress::parse(typed).map(|address| address.canonical().to_owned());
        let name = address.unwrap_or_else(|_| username::canonical(typed));
        let mac = self.key.mac("audit: unknown name", &name);
        mac[..12].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
