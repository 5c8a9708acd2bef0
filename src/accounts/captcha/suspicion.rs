//! Which networks have to solve a captcha: those that have tried a few times without one.

use std::net::IpAddr;

use crate::accounts::Accounts;
use crate::accounts::throttle::{Network, TokenBuckets};

/// Whether a network has to solve one to sign up.
pub(in crate::accounts) fn is_needed_to_sign_up(accounts: &Accounts, address: Option<IpAddr>) -> bool {
    accounts.sign_up.always_captcha() || has_used_up(&accounts.without_captcha, address)
}

/// Notes that a network tries to sign up.
pub(in crate::accounts) fn count_sign_up(accounts: &Accounts, address: Option<IpAddr>) {
    count(&accounts.without_captcha, address);
}

/// Whether a network has to solve one to log in on the page, because of what failed before.
pub(in crate::accounts) fn is_needed_to_log_in(accounts: &Accounts, address: Option<IpAddr>) -> bool {
    has_used_up(&accounts.failed_logins, address)
}

/// Notes that a login of a network failed.
pub(in crate::accounts) fn count_failed_login(accounts: &Accounts, address: Option<IpAddr>) {
    count(&accounts.failed_logins, address);
}

fn has_used_up(tries: &TokenBuckets<Network>, address: Option<IpAddr>) -> bool {
    address.is_some_and(|address| tries.is_empty(&Network::from(address)))
}

fn count(tries: &TokenBuckets<Network>, address: Option<IpAddr>) {
    if let Some(address) = address {
        // When the bucket is empty there is nothing more to count.
        let _ = tries.take(Network::from(address));
    }
}
