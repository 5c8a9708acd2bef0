//! What operators need besides accounts: a check of everything, another secret key, the manual, completions, systemd.

mod check;
mod completions;
mod manual;
mod secret;
mod systemd;
