//! Vestibule's own settings. Their defaults are in `defaults.rs`, their bounds in the table (`table/`).

use std::net::SocketAddr;

use ipnet::IpNet;
use rocket::figment::value::magic::RelativePathBuf;
use serde::{Deserialize, Serialize};

use super::branding::{Colour, LegalLink, SiteName};
use super::sign_up::{CaptchaDemand, Registration};
use super::{Audience, EmailDomain, HelpText, LogFormat, MailTransport, PublicUrl, SecurityContact, TokenAlgorithm};
use crate::mail::Sender;

/// Vestibule's own settings: `[default.vestibule]` of `Rocket.toml`, or `VESTIBULE_<KEY>`.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Where people reach this server; cookies, links and the same-origin check come from it. Unset: loopback only.
    pub public_url: Option<PublicUrl>,
    /// Where people report a weakness. Unset: nowhere.
    pub security_contact: Option<SecurityContact>,
    /// The folder of everything that the program writes.
    pub data_dir: RelativePathBuf,
    /// `sqlite:PATH`; unset: `vestibule.db` in `data_dir`.
    pub database_url: Option<String>,
    /// Other origins whose pages may log people in, with the cookie JSON or by token.
    pub allowed_origins: Vec<PublicUrl>,
    /// Who may sign up.
    pub registration: Registration,
    /// How many of the latest todos strangers see.
    pub public_todos: u32,
    /// Whether signing up takes an email address.
    pub require_email: bool,
    /// The domains whose addresses people may sign up with; none: any.
    pub email_domains: Vec<EmailDomain>,
    /// Who has to solve a captcha to sign up.
    pub captcha: CaptchaDemand,
    /// Tries at a sign-up that one network may make without one within an hour.
    pub captcha_after_sign_ups: u32,
    /// Failed logins of one network within an hour after which the login page asks it for one.
    pub captcha_after_failed_logins: u32,
    /// Attempts at an account that have not come back after which the login page asks strangers for one.
    pub captcha_after_attempts: u32,
    /// What comes sooner after the sign-up page was opened is taken for a robot's.
    pub sign_up_seconds: u32,
    /// Sign-ups that one network may make within an hour.
    pub network_sign_ups_per_hour: u32,
    /// Names that are taken of which one network is told within an hour.
    pub network_taken_names_per_hour: u32,
    /// Changes of its email address that one account may ask for within an hour.
    pub email_changes_per_hour: u32,
    /// The same for one network.
    pub network_email_changes_per_hour: u32,
    /// Which way mail goes.
    pub mail_transport: MailTransport,
    /// Whom mail is from.
    pub mail_from: Option<Sender>,
    /// The server that takes mail, with the user and the password.
    pub smtp_url: Option<String>,
    /// The password, in place of one in `smtp_url`.
    pub smtp_password: Option<String>,
    /// Certificates of authorities that are trusted with mail, beside those of the system.
    pub smtp_ca: Option<RelativePathBuf>,
    /// Insists on mail that travels unencrypted to a host that is not loopback.
    pub allow_insecure_smtp: bool,
    /// Notices about an account that one address may get within an hour.
    pub mail_notices_per_hour: u32,
    /// Links for a new password that an account, and an address, get by mail within ten minutes.
    pub reset_mails_in_10_minutes: u32,
    /// The same within 24 hours.
    pub reset_mails_per_day: u32,
    /// Requests for such links that one network may make within ten minutes.
    pub network_resets_in_10_minutes: u32,
    /// Proxies whose `X-Forwarded-For` is believed: networks, or single addresses.
    #[serde(deserialize_with = "super::proxies::read")]
    pub trusted_proxies: Vec<IpNet>,
    /// Insists on plain http for a host that is not loopback.
    pub allow_insecure_http: bool,
    /// Tells browsers to insist on https for the names below that of `public_url` too.
    pub hsts_include_subdomains: bool,
    /// Insists on a new secret key beside a database with accounts, or a new database beside a key.
    pub allow_new_key_or_database: bool,
    /// The folder of the backups that the program makes by itself. Unset: `backups` in `data_dir`.
    pub backup_dir: Option<RelativePathBuf>,
    /// How many hours the server waits between two backups; 0: it makes none.
    pub backup_hours: u32,
    /// Backups of each kind that are kept.
    pub backup_keep: u32,
    /// A folder whose templates take the place of the built-in ones of the same name.
    pub templates: Option<RelativePathBuf>,
    /// What pages and mail call this server.
    pub site_name: SiteName,
    /// The colour of buttons and links, whose hue all others take. Unset: blue.
    pub accent: Option<Colour>,
    /// The same in the dark scheme. Unset: made from the other one.
    pub accent_dark: Option<Colour>,
    /// A picture beside the name.
    pub logo: Option<RelativePathBuf>,
    /// The links at the foot of each page.
    pub legal_links: Vec<LegalLink>,
    /// The cost of new password hashes, as a power of two.
    pub bcrypt_cost: u32,
    /// The fewest characters of a new password.
    pub password_min_length: usize,
    /// What people read who can't log in, and at the end of mail: whom to ask. Unset: an administrator.
    pub help_text: Option<HelpText>,
    /// A session that isn't used for this long ends.
    pub session_idle_minutes: u32,
    /// A session ends after this long in any case.
    pub session_hours: u32,
    /// The same for "remember me".
    pub remember_idle_days: u32,
    /// The same for "remember me".
    pub remember_days: u32,
    /// How many days an account stays after its owner wanted it removed.
    pub account_deletion_days: u32,
    /// How long an access token is valid.
    pub access_token_minutes: u32,
    /// What access tokens are signed with.
    pub token_algorithm: TokenAlgorithm,
    /// Whom access tokens are for, beside this server itself.
    pub audience: Vec<Audience>,
    /// Whether access tokens say the email address of their owner.
    pub token_email: bool,
    /// How long a login by token lasts, if its refresh tokens are used.
    pub refresh_token_days: u32,
    /// Attempts at a password that need no waiting, per account.
    pub attempts_free: u32,
    /// After how long one of them comes back.
    pub attempts_regain_minutes: u32,
    /// The longest wait between two attempts.
    pub attempts_longest_wait_seconds: u32,
    /// The most attempts at an account within 24 hours.
    pub attempts_per_day: u32,
    /// After how long there is one more attempt past those of 24 hours.
    pub attempts_past_day_minutes: u32,
    /// Failures that a browser known to the account may have within an hour.
    pub device_failures_per_hour: u32,
    /// Logins of known devices of an account that their network does not count, within an hour.
    pub device_free_logins_per_hour: u32,
    /// Failures to confirm with the password that those who are signed in to an account may have within an hour.
    pub confirmation_failures_per_hour: u32,
    /// Logins that one network may try in a row.
    pub network_logins: u32,
    /// After how long one of them comes back.
    pub network_login_seconds: u32,
    /// Logins with the right password that one account may have within an hour.
    pub logins_per_hour: u32,
    /// The longest that a password may have to wait for its turn to be checked.
    pub password_queue_milliseconds: u32,
    /// Passwords from one network that wait at a time, once half of the places are taken.
    pub password_queue_per_network: u32,
    /// Open todos that one account may have.
    pub open_todos_per_account: u32,
    /// Sessions that one account has at a time, of browsers and of programs.
    pub sessions_per_account: u32,
    /// Changes that one account may make in a row; as many come back within a minute.
    pub writes_per_minute: u32,
    /// How long the audit is kept.
    pub audit_days: u32,
    /// Refusals of one kind that get a row of the audit within a day.
    pub audit_refusals_per_day: u32,
    /// Refusals of one kind whose rows stay.
    pub audit_refusals: u32,
    /// The most connections that are open at a time.
    pub connections: u32,
    /// The same of one network.
    pub connections_per_network: u32,
    /// A connection on which nothing happens for this long is closed.
    pub silent_connection_seconds: u32,
    /// What the lines of the log look like.
    pub log_format: LogFormat,
    /// Where numbers for monitoring are read. Unset: nowhere.
    pub metrics_address: Option<SocketAddr>,
    /// What whoever reads them has to show.
    pub metrics_token: Option<String>,
}
