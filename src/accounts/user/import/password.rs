//! What becomes of the password of a row: a hash that can be verified is kept as it is; a password in plain text and an
//! unsalted digest are stored inside a bcrypt only, and only when that was asked for. What begins like no hash is not
//! stored: it may be a password.

use super::row::Wrong;
use super::rules::Rules;
use crate::accounts::password::{Hasher, Password, Unusable, Weak, identify, in_background};

/// The kind of an account without a password, for the report.
pub(super) const NONE: &str = "no password";

/// How the kind begins of a hash that can't be verified.
pub(super) const UNREADABLE: &str = "unreadable: ";

/// What a row has for a password.
#[derive(Debug)]
pub(super) enum Given {
    /// What is stored is known already: the hash, if any, and its kind.
    Known(Option<String>, String),
    /// To be hashed.
    Plain(Password),
    /// To be wrapped.
    Weak(Weak),
}

impl Given {
    /// Why it can't be verified, if it can't.
    pub(super) fn unreadable(&self) -> Option<&str> {
        match self {
            Given::Known(_, kind) => kind.strip_prefix(UNREADABLE),
            Given::Plain(_) | Given::Weak(_) => None,
        }
    }
}

/// Decides about a stored hash.
pub(super) fn decide(line: u64, text: Option<&str>, rules: &Rules) -> Result<Given, Wrong> {
    let hash = text.map(str::trim).unwrap_or_default();
    // Django marks an account without a password like this, and shadow files too.
    if hash.is_empty() || !rules.plain && hash.starts_with(['!', '*']) {
        return Ok(Given::Known(None, NONE.to_owned()));
    }
    match identify(hash) {
        Ok(format) => Ok(Given::Known(Some(hash.to_owned()), format.to_string())),
        Err(Unusable::Weak(weak)) if rules.wrap_weak => Ok(Given::Weak(weak)),
        // It may begin like a hash all the same.
        Err(_) if rules.plain => Ok(Given::Plain(Password::typed(text.unwrap_or_default()))),
        // It begins like a hash, so it is no password: the account's page and the log tell what is wrong with it.
        Err(unusable @ (Unusable::Damaged(_) | Unusable::TooDear(_))) => {
            Ok(Given::Known(Some(hash.to_owned()), format!("{UNREADABLE}{unusable}")))
        }
        Err(Unusable::Weak(weak)) => Err(Wrong::new(
            line,
            format!(
                "the password hash is unsalted {weak}, which is too weak to be kept: --wrap-weak stores it inside a bcrypt"
            ),
        )),
        Err(unusable) => Ok(Given::Known(None, format!("{UNREADABLE}{unusable}"))),
    }
}

/// The hashes to be stored, and their kinds, in the same order.
pub(super) fn stored(given: &[Given], hasher: &Hasher) -> Vec<(Option<String>, String)> {
    if given.iter().all(|given| matches!(given, Given::Known(..))) {
        return given.iter().map(|given| one(given, hasher)).collect();
    }
    in_background(given, |given| one(given, hasher))
}

fn one(given: &Given, hasher: &Hasher) -> (Option<String>, String) {
    match given {
        Given::Known(hash, kind) => (hash.clone(), kind.clone()),
        Given::Plain(password) => (Some(hasher.hash_blocking(password)), "plain text, hashed".to_owned()),
        Given::Weak(weak) => (Some(hasher.wrap_blocking(weak)), format!("{weak} wrapped in bcrypt")),
    }
}
