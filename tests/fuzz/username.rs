//! Usernames, as they are typed at a sign-up and at a login.

use vestibule::accounts::names::{EmailAddress, Username, canonical};

use crate::{inputs, run};

const SAMPLES: &[&str] = &["roy", " Roy.B-1_x ", "ａｄｍｉｎ", "admin1", "root.", "zoë", "anna@example.com"];
const PIECES: &[&str] = &["a", "Z", "0", ".", "-", "_", " ", "\t", "@", "admin", "ROOT", "e\u{301}", "\u{3000}"];

#[test]
fn a_username_is_what_it_promises() {
    run::fuzz(inputs::text(SAMPLES, PIECES), |typed| {
        if let Ok(username) = Username::parse(&typed) {
            let name = username.as_str().as_bytes();
            let plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
            assert!((2..=32).contains(&name.len()) && plain(&name[0]), "{typed:?}");
            assert!(name.iter().all(|byte| plain(byte) || b"._-".contains(byte)), "{typed:?}");
            assert_eq!(Username::parse(username.as_str()).as_ref(), Ok(&username), "once more makes no difference");
            assert_eq!(canonical(&typed), username.as_str(), "who signs up as it can log in as it");
        }
        let one = canonical(&typed);
        assert_eq!(canonical(&one), one, "{typed:?}");
        if let Ok(address) = EmailAddress::parse(&typed) {
            let made = Username::from_email(&address);
            assert_eq!(Username::parse(made.as_str()), Ok(made), "{typed:?}");
        }
    });
}
