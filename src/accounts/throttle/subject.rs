//! What a budget belongs to. Each kind has a budget of its own, so that nobody spends that of another.

use std::fmt;

use super::{Budget, Limits};

/// The key of a budget.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// Strangers who name an account, by its id.
    Account(String),
    /// Strangers who type a name that nobody has, by its keyed hash.
    Nobody(String),
    /// A browser or program that is known to an account, by the id of the device.
    Device(String),
    /// Whoever is signed in to an account, by its id, and confirms that. However many sessions there are.
    SignedIn(String),
    /// The links for a new password that are sent to the owner of an account, by its id.
    ResetsOf(String),
    /// The same that are sent to an address, whichever accounts have it in turn, by its keyed hash.
    ResetsTo(String),
    /// Whoever has the link of a sign-up and types its password, by the id of the sign-up.
    SignUp(String),
    /// The letters that are sent to an address because somebody signs up with it, by its keyed hash.
    SignUpsTo(String),
}

impl Subject {
    /// Reads the key of a row.
    pub fn parse(text: &str) -> Option<Subject> {
        let (kind, id) = text.split_once(':')?;
        match kind {
            "user" => Some(Subject::Account(id.to_owned())),
            "name" => Some(Subject::Nobody(id.to_owned())),
            "device" => Some(Subject::Device(id.to_owned())),
            "signed-in" => Some(Subject::SignedIn(id.to_owned())),
            "reset" => Some(Subject::ResetsOf(id.to_owned())),
            "sign-up" => Some(Subject::SignUp(id.to_owned())),
            "sign-up-to" => Some(Subject::SignUpsTo(id.to_owned())),
            "reset-to" => Some(Subject::ResetsTo(id.to_owned())),
            _ => None,
        }
    }
}

/// The key of its row.
impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Subject::Account(id) => write!(f, "user:{id}"),
            Subject::Nobody(digest) => write!(f, "name:{digest}"),
            Subject::Device(id) => write!(f, "device:{id}"),
            Subject::SignedIn(id) => write!(f, "signed-in:{id}"),
            Subject::ResetsOf(id) => write!(f, "reset:{id}"),
            Subject::ResetsTo(digest) => write!(f, "reset-to:{digest}"),
            Subject::SignUp(id) => write!(f, "sign-up:{id}"),
            Subject::SignUpsTo(digest) => write!(f, "sign-up-to:{digest}"),
        }
    }
}

impl Limits {
    /// The budget of a subject. A name that nobody has, and a sign-up that waits, are treated like an account.
    pub fn of(&self, subject: &Subject) -> &Budget {
        match subject {
            Subject::Account(_) | Subject::Nobody(_) | Subject::SignUp(_) => &self.account,
            Subject::Device(_) => &self.device,
            Subject::SignedIn(_) => &self.signed_in,
            Subject::ResetsOf(_) | Subject::ResetsTo(_) | Subject::SignUpsTo(_) => &self.resets,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_as_it_was_written() {
        let id = || "0197".to_owned();
        let others =
            [Subject::SignedIn(id()), Subject::ResetsOf(id()), Subject::ResetsTo(id()), Subject::SignUpsTo(id())];
        let known = [Subject::Account(id()), Subject::Nobody(id()), Subject::Device(id()), Subject::SignUp(id())];
        for subject in known.into_iter().chain(others) {
            assert_eq!(Subject::parse(&subject.to_string()), Some(subject));
        }
        assert_eq!(Subject::parse("network:192.0.2.1"), None);
    }
}
