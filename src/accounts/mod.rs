//! What the program knows about people: who they are, how they log in, what they did.
//!
//! Pages, JSON and the command line call the same functions here. They decide; a door only asks and answers.
//! Nothing in here knows HTTP.

pub mod audit;
pub mod backed_up;
mod batches;
pub mod captcha;
mod credential;
pub mod csrf;
pub mod forgot;
pub mod health;
pub mod invitation;
pub mod key_check;
pub mod login;
pub mod mail_queue;
pub mod metrics;
pub mod names;
pub mod not_me;
pub mod one_time_link;
pub mod overview;
pub mod password;
pub mod recognise;
pub(crate) mod recognised;
pub mod reset;
pub mod restored;
mod sealed;
mod secret;
pub mod secret_rotation;
pub mod seed;
pub mod session;
pub mod setup;
pub mod sign_up;
mod source;
pub mod sweep;
pub mod throttle;
pub mod token;
mod transaction;
pub mod user;
pub mod user_agent;
pub mod version;
pub(crate) mod work;

use std::sync::Arc;
use std::time::Duration;

use crate::config::{Config, SecretKey, SetupFile};
use crate::db::Db;
use crate::notation::hex;

/// How many confirmations with the password someone signed in may try in a row, whatever comes of them; as many come
/// back within an hour as there may be logins.
const CONFIRMATIONS_IN_A_ROW: u32 = 10;

/// What the functions on this floor work with. Made once at the start.
#[derive(Clone)]
pub struct Accounts {
    db: Db,
    /// Checks and makes password hashes.
    pub hasher: password::Hasher,
    /// What a new password has to be like.
    pub password_rules: password::Rules,
    /// How long sessions live.
    pub lifetimes: session::Lifetimes,
    /// How many attempts at passwords there are.
    pub limits: throttle::Limits,
    /// Keeps the number of spent budgets within bounds.
    room: throttle::Room,
    /// Who may sign up.
    pub sign_up: sign_up::Rules,
    /// What each network has left of sign-ups.
    pub sign_ups: throttle::TokenBuckets<throttle::Network>,
    /// Of how many taken names each network may still be told at sign-up.
    taken_names: throttle::TokenBuckets<throttle::Network>,
    /// What each network has left of tries at a sign-up without a captcha.
    without_captcha: throttle::TokenBuckets<throttle::Network>,
    /// What each network has left of failed logins before the login page asks it for a captcha.
    failed_logins: throttle::TokenBuckets<throttle::Network>,
    /// What each account has left of changes of its address.
    email_changes: throttle::TokenBuckets<String>,
    /// What each network has left of them.
    network_email_changes: throttle::TokenBuckets<throttle::Network>,
    /// What each network has left of requests for a link for a new password.
    network_resets: throttle::TokenBuckets<throttle::Network>,
    /// What the known browsers of each account have left of those that their network does not count.
    known_resets: throttle::TokenBuckets<String>,
    /// Wakes whoever answers them.
    resets: forgot::Bell,
    /// What each account has left of changes, to its own data and to todos.
    pub writes: throttle::TokenBuckets<String>,
    /// What each network has left of logins.
    pub networks: throttle::TokenBuckets<throttle::Network>,
    /// What the known devices of each account have left of logins that their network does not count.
    known_logins: throttle::TokenBuckets<String>,
    /// What each subject has left of logins with the right password whose attempts are given back.
    right_logins: throttle::TokenBuckets<String>,
    /// What each account has left of confirmations with the password by someone signed in, right or wrong.
    confirmations: throttle::TokenBuckets<String>,
    /// How many logins ended in which way.
    logins: Arc<login::metrics::Logins>,
    /// Which refusals get a row of the audit.
    refusals: audit::Refusals,
    /// Whom this process has recognised within the last second.
    recognised: Arc<recognised::Recognised>,
    /// The sessions whose use waits to be noted.
    touching: session::Touching,
    /// How long an account stays after its owner wanted it removed; zero: it does not.
    pub deletion_grace: chrono::Duration,
    /// How long the audit is kept.
    pub audit_kept: chrono::Duration,
    /// What access tokens are like.
    pub tokens: token::Profile,
    /// What mail needs, if it is sent.
    outbox: mail_queue::Outbox,
    /// Where the token of the setup link is.
    setup_file: SetupFile,
    key: SecretKey,
}

impl Accounts {
    /// Puts the floor together from the configuration.
    pub fn new(config: &Config, db: Db, key: SecretKey) -> Accounts {
        let settings = &config.settings;
        let resets = settings.network_resets_in_10_minutes;
        let a_reset_returns_after = Duration::from_secs(600) / resets.max(1);
        Accounts {
            db,
            hasher: password::Hasher::new(settings),
            password_rules: password::Rules::new(settings),
            lifetimes: session::Lifetimes::new(settings),
            limits: throttle::Limits::new(settings),
            room: throttle::Room::default(),
            sign_up: sign_up::Rules::new(settings),
            sign_ups: throttle::TokenBuckets::per_hour(settings.network_sign_ups_per_hour),
            without_captcha: throttle::TokenBuckets::per_hour(settings.captcha_after_sign_ups),
            failed_logins: throttle::TokenBuckets::per_hour(settings.captcha_after_failed_logins),
            taken_names: throttle::TokenBuckets::per_hour(settings.network_taken_names_per_hour),
            known_logins: throttle::TokenBuckets::per_hour(settings.device_free_logins_per_hour),
            right_logins: throttle::TokenBuckets::per_hour(settings.logins_per_hour),
            confirmations: throttle::TokenBuckets::new(
                CONFIRMATIONS_IN_A_ROW,
                Duration::from_secs(3600) / settings.logins_per_hour.max(1),
            ),
            email_changes: throttle::TokenBuckets::per_hour(settings.email_changes_per_hour),
            network_email_changes: throttle::TokenBuckets::per_hour(settings.network_email_changes_per_hour),
            network_resets: throttle::TokenBuckets::new(resets, a_reset_returns_after),
            known_resets: throttle::TokenBuckets::new(resets, a_reset_returns_after),
            resets: forgot::Bell::default(),
            writes: throttle::TokenBuckets::new(
                settings.writes_per_minute,
                Duration::from_secs(60) / settings.writes_per_minute.max(1),
            ),
            networks: throttle::TokenBuckets::new(
                settings.network_logins,
                Duration::from_secs(settings.network_login_seconds.into()),
            ),
            logins: Arc::default(),
            recognised: Arc::new(recognised::Recognised::new()),
            touching: session::Touching::default(),
            refusals: audit::Refusals::new(settings),
            deletion_grace: chrono::Duration::days(settings.account_deletion_days.into()),
            audit_kept: chrono::Duration::days(settings.audit_days.into()),
            tokens: token::Profile::new(settings),
            outbox: mail_queue::Outbox::new(config, key.clone()),
            setup_file: SetupFile::of(config),
            key,
        }
    }

    /// Tells on which port the server listens, once it does, for the links in mail.
    pub fn listens_on(&self, port: u16) {
        self.outbox.listens_on(port);
    }

    /// Whether mail is sent.
    pub fn sends_mail(&self) -> bool {
        self.outbox.is_open()
    }

    /// What the audit holds in place of a name that belongs to nobody: it may be a password typed into the
    /// wrong field, so it is kept only as a keyed hash, which still shows repetitions.
    pub fn name_digest(&self, typed: &str) -> String {
        let address = names::EmailAddress::parse(typed).map(|address| address.canonical().to_owned());
        let name = address.unwrap_or_else(|_| names::canonical(typed));
        let mac = self.key.mac("audit: unknown name", &name);
        hex(&mac[..12])
    }
}
