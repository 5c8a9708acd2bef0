//! What happens to the password of a row. A hash that can be verified is kept as it is. A plain-text password or an
//! unsalted digest is stored only inside a bcrypt hash, and only if requested. Anything that does not begin like a hash
//! is not stored, since it may be a password.

use super::row::Wrong;
use super::rules::Rules;
use crate::accounts::password::{Hasher, Password, Unusable, Weak, identify, in_background};

/// The kind that the report gives for an account without a password.
pub(super) const NONE: &str = "no password";

/// The prefix of the kind of a hash that can't be verified.
pub(super) const UNREADABLE: &str = "unreadable: ";

/// The password of a row.
#[derive(Debug)]
pub(super) enum Given {
    /// What to store is already known: the hash, if any, and its kind.
    Known(Option<String>, String),
    /// A plain-text password that is still to be hashed.
    Plain(Password),
    /// An unsalted digest that is still to be wrapped in bcrypt.
    Weak(Weak),
}

impl Given {
    /// Why the hash can't be verified, if it can't.
    pub(super) fn unreadable(&self) -> Option<&str> {
        match self {
            Given::Known(_, kind) => kind.strip_prefix(UNREADABLE),
            Given::Plain(_) | Given::Weak(_) => None,
        }
    }
}

/// Decides what to do with a stored hash.
pub(super) fn decide(line: u64, text: Option<&str>, rules: &Rules) -> Result<Given, Wrong> {
    let hash = text.map(str::trim).unwrap_or_default();
    // Django and shadow files mark an account without a password like this.
    if hash.is_empty() || !rules.plain && hash.starts_with(['!', '*']) {
        return Ok(Given::Known(None, NONE.to_owned()));
    }
    match identify(hash) {
        Ok(format) => Ok(Given::Known(Some(hash.to_owned()), format.to_string())),
        Err(Unusable::Weak(weak)) if rules.wrap_weak => Ok(Given::Weak(weak)),
        // A plain-text password may look like the beginning of a hash.
        Err(_) if rules.plain => Ok(Given::Plain(Password::typed(text.unwrap_or_default()))),
        // It begins like a hash, so it is not a plain-text password. The account's page and the log say what is wrong
        // with it.
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

/// The hashes to store and their kinds, in the same order.
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
