//! What operators need besides accounts: a check of everything, another secret key, the manual, completions, systemd,
//! what the pages of docs/deploy quote.

mod check;
mod check_certificate;
mod check_limits;
mod check_mail;
mod check_proxy;
mod completions;
mod manual;
mod quoted;
mod secret;
mod systemd;
