//! What a new password has to be like: long enough, not a common one, more than the owner's own name.
//!
//! No rules about which characters (NIST SP 800-63B-4, 3.1.1.2). The list of common passwords holds facts: the
//! most frequent of known leaks with at least 8 characters, out of the list of 20,000 by Royce Williams that
//! Django distributes under the BSD 3-clause licence (`django/contrib/auth/common-passwords.txt.gz`).

use unicode_normalization::UnicodeNormalization;

use super::Password;
use super::names::{Owner, without_names};
use crate::config::Settings;
use crate::texts::{Message, Worded};

/// In the order of their bytes, one a line, in lower case.
const COMMON: &str = include_str!("common.txt");

/// A password that keeps the rules.
#[derive(Debug, Clone)]
pub struct NewPassword(Password);

/// The rules, as configured.
#[derive(Debug, Clone)]
pub struct Rules {
    min_length: usize,
    /// What this server is called.
    site_name: String,
}

/// Why a password is not taken, said to the person who chose it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words())]
pub enum Rejected {
    /// Fewer characters than the setting asks for.
    TooShort(usize),
    /// More than 128 characters.
    TooLong,
    /// One of the list.
    Common,
    /// Little more than the owner's name or address, or the name of this server.
    Personal,
}

impl Worded for Rejected {
    fn words(&self) -> Message {
        match self {
            Rejected::TooShort(length) => Message::new("password-too-short").with("length", *length),
            Rejected::TooLong => Message::new("password-too-long"),
            Rejected::Common => Message::new("password-common"),
            Rejected::Personal => Message::new("password-personal"),
        }
    }
}

impl Rules {
    /// The rules of these settings.
    pub fn new(settings: &Settings) -> Rules {
        Rules { min_length: settings.password_min_length, site_name: settings.site_name.as_str().to_owned() }
    }

    /// The fewest characters.
    pub fn min_length(&self) -> usize {
        self.min_length
    }

    /// Checks a password that someone chose.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn check(&self, password: Password, owner: Owner<'_>) -> Result<NewPassword, Rejected> {
        let length = password.as_str().chars().count();
        if length < self.min_length {
            return Err(Rejected::TooShort(self.min_length));
        }
        if length > NewPassword::MAX {
            return Err(Rejected::TooLong);
        }
        let lower = password.as_str().to_lowercase();
        if is_common(&lower) {
            return Err(Rejected::Common);
        }
        // Names may be in it as long as the rest is a password by itself, so a short one in a long passphrase is fine.
        let compatible: String = lower.nfkc().collect();
        let rest = without_names(&compatible, owner, &self.site_name);
        if rest != compatible && (rest.chars().count() < self.min_length || is_common(&rest)) {
            return Err(Rejected::Personal);
        }
        Ok(NewPassword(password))
    }
}

impl NewPassword {
    /// The fewest characters that the settings can ask for.
    pub const MIN: usize = 8;

    /// The most characters.
    pub const MAX: usize = 128;

    /// The password itself, for hashing.
    pub fn as_password(&self) -> &Password {
        &self.0
    }

    /// The same, for good.
    pub fn into_password(self) -> Password {
        self.0
    }
}

fn is_common(lower: &str) -> bool {
    let compatible: String = lower.nfkc().collect();
    COMMON.lines().any(|common| common == lower || common == compatible)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Option<Rejected> {
        let owner = Owner { username: "jumpiness", display_name: "Jump Iness", email: Some("jump.iness@example.com") };
        Rules { min_length: 8, site_name: "Zoë’s Fishmongers".to_owned() }.check(Password::typed(text), owner).err()
    }

    #[test]
    fn good_passwords_of_any_kind_pass() {
        for good in ["correct horse battery staple", "zwölf Boxkämpfer", "        8 spaces?", "密码很长也很好记住呀"]
        {
            assert_eq!(check(good), None, "{good}");
        }
        assert_eq!(check(&"ä".repeat(128)), None, "128 characters, not bytes");
    }

    #[test]
    fn the_reason_is_named() {
        assert_eq!(check("seven77"), Some(Rejected::TooShort(8)));
        assert_eq!(check(&"ä".repeat(129)), Some(Rejected::TooLong));
        for common in ["password1", "PASSWORD1", "ｐａｓｓｗｏｒｄ１"] {
            assert_eq!(check(common), Some(Rejected::Common), "{common}");
        }
        for personal in [
            "jumpiness",
            "Jumpiness1!",
            "jumpinessjumpiness",
            "jump iness",
            "jump.iness@example.com",
            "vestibule",
            "Fishmongers2026",
        ] {
            assert_eq!(check(personal), Some(Rejected::Personal), "{personal}");
        }
    }

    #[test]
    fn a_name_counts_for_nothing_wherever_it_stands_and_in_either_direction() {
        for personal in [
            "ssenipmuj",
            "SSENIPMUJ99!",
            "ssenipmujjumpiness",
            "elubitsev",
            "myjumpiness7",
            "xx-jumpiness-yy",
            "jumpinesspassword1",
            "iness.jump",
            "ｊｕｍｐｉｎｅｓｓ-ab",
            "moc.elpmaxe@sseni.pmuj",
            "Jump99Iness7",
        ] {
            assert_eq!(check(personal), Some(Rejected::Personal), "{personal}");
        }
        for good in ["jumpiness runs over green hills", "a horse can jump high", "sseni mujp order"] {
            assert_eq!(check(good), None, "{good}");
        }
    }

    #[test]
    fn a_short_name_spoils_no_long_passphrase() {
        let check = |username: &str, text: &str| {
            let owner = Owner { username, display_name: username, email: None };
            Rules { min_length: 8, site_name: "Zoë’s Fishmongers".to_owned() }.check(Password::typed(text), owner).err()
        };
        for (username, good) in [
            ("roy", "corroyed batteries in the hall"),
            ("roy", "roy and his boat"),
            ("al", "malted-x8"),
            ("王伟", "王伟喜欢在周末爬山"),
            ("42", "4242-8817-9930"),
        ] {
            assert_eq!(check(username, good), None, "{username}: {good}");
        }
        for (username, personal) in [
            ("roy", "roy12345"),
            ("roy", "12345yor678"),
            ("roy", "xroyxroyxroy"),
            ("al", "al12345678"),
            ("al", "alalalal"),
            ("roy1", "roy 2024 06 30"),
            ("王伟", "王伟19900101"),
        ] {
            assert_eq!(check(username, personal), Some(Rejected::Personal), "{username}: {personal}");
        }
    }
}
