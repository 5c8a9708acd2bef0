//! Which version of something a change is meant for, so that nobody overwrites what they have not seen.

use crate::texts::{Message, Worded};
use sha2::{Digest, Sha256};

/// A version of something that can be changed: two are equal when the documents are. It is no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version(String);

impl Version {
    /// The version of something, made from its whole document. Another version of the program may have another document.
    pub fn of(told: &impl std::fmt::Debug) -> Version {
        let digest = Sha256::digest(format!("{} {told:?}", env!("CARGO_PKG_VERSION")));
        Version(crate::notation::hex(&digest[..16]))
    }

    /// Letters and digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The versions that someone names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// Whichever there is.
    Any,
    /// One of these.
    OneOf(Vec<String>),
}

impl Named {
    /// Whether they are meant by what there is now; none is nothing.
    pub fn is(&self, now: Option<&Version>) -> bool {
        match (self, now) {
            (_, None) => false,
            (Named::Any, Some(_)) => true,
            (Named::OneOf(names), Some(now)) => names.iter().any(|name| name == now.as_str()),
        }
    }
}

/// What something has to be like before it is changed. Checked in the transaction of the change, so that of two changes
/// of one version the second is refused.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expected {
    /// It has to be one of these versions.
    pub now: Option<Named>,
    /// It has to be none of these.
    pub not: Option<Named>,
}

/// It is not as it was expected to be, said to whoever wanted to change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words())]
pub struct Stale;

impl Worded for Stale {
    fn words(&self) -> Message {
        Message::new("version-stale")
    }
}

impl Expected {
    /// Compares with what there is now; none is nothing.
    ///
    /// # Errors
    /// When it is another version.
    pub fn check(&self, now: Option<&Version>) -> Result<(), Stale> {
        let is_expected = self.now.as_ref().is_none_or(|named| named.is(now));
        let is_excluded = self.not.as_ref().is_some_and(|named| named.is(now));
        if is_expected && !is_excluded { Ok(()) } else { Err(Stale) }
    }

    /// The same, with the version made only when anything is expected.
    ///
    /// # Errors
    /// As [`Expected::check`].
    pub fn check_with(&self, now: impl FnOnce() -> Option<Version>) -> Result<(), Stale> {
        if *self == Expected::default() { Ok(()) } else { self.check(now().as_ref()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_for_the_versions_that_it_names() {
        let (one, other) = (Version::of(&"one"), Version::of(&"other"));
        assert_ne!(one, other);
        let named = |versions: &[&Version]| Named::OneOf(versions.iter().map(|v| v.as_str().to_owned()).collect());
        let now = |named: Named| Expected { now: Some(named), not: None };
        let not = |named: Named| Expected { now: None, not: Some(named) };
        for (expected, with_one, with_nothing) in [
            (Expected::default(), true, true),
            (now(Named::Any), true, false),
            (now(named(&[&other, &one])), true, false),
            (now(named(&[&other])), false, false),
            (now(named(&[])), false, false),
            (not(Named::Any), false, true),
            (not(named(&[&one])), false, true),
            (not(named(&[&other])), true, true),
            (Expected { now: Some(Named::Any), not: Some(named(&[&one])) }, false, false),
        ] {
            assert_eq!(expected.check(Some(&one)).is_ok(), with_one, "{expected:?}");
            assert_eq!(expected.check(None).is_ok(), with_nothing, "{expected:?}");
            assert_eq!(expected.check_with(|| Some(one.clone())).is_ok(), with_one, "{expected:?}");
        }
    }
}
