//! `$bcrypt-sha256$v=2,t=2b,r=12$<salt>$<digest>`: passlib's format, which any other tool can check.
//!
//! The password goes through HMAC-SHA-256, keyed with the salt, and base64 before bcrypt sees it: so bcrypt's
//! cut at 72 bytes and its trouble with NUL never show. Source: passlib's documentation of `bcrypt_sha256`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

const PREFIX: &str = "$bcrypt-sha256$v=2,t=2b,r=";
const SALT_LENGTH: usize = 22;
const DIGEST_LENGTH: usize = 31;

/// What settings and stored hashes may ask for: the highest takes seconds, and bcrypt's own limit would take a day.
pub(super) const COSTS: std::ops::RangeInclusive<u32> = 4..=16;

/// A stored hash, taken apart.
pub(super) struct Stored<'a> {
    pub cost: u32,
    salt: &'a str,
    digest: &'a str,
}

impl<'a> Stored<'a> {
    /// Takes a hash apart; none when it is of another format, has another shape, or asks for too much work.
    pub fn parse(text: &'a str) -> Option<Stored<'a>> {
        Stored::of_any_cost(text).filter(|stored| COSTS.contains(&stored.cost))
    }

    /// The same for what asks for too much work as well, and may not be compared with anything.
    pub fn of_any_cost(text: &'a str) -> Option<Stored<'a>> {
        let (cost, rest) = text.strip_prefix(PREFIX)?.split_once('$')?;
        let (salt, digest) = rest.split_once('$')?;
        let cost = cost.parse().ok().filter(|cost| cost >= COSTS.start())?;
        // As strictly as it will be decoded: a hash that fails only there would answer without doing the work.
        let is_base64 = |text: &str| bcrypt::BASE_64.decode(text).is_ok();
        let shaped = salt.len() == SALT_LENGTH && digest.len() == DIGEST_LENGTH && is_base64(salt) && is_base64(digest);
        shaped.then_some(Stored { cost, salt, digest })
    }

    /// Whether the password is the one that was hashed; compares in constant time.
    pub fn matches(&self, password: &str) -> bool {
        let stored = format!("$2b${:02}${}{}", self.cost, self.salt, self.digest);
        bcrypt::verify(prehash(password, self.salt), &stored).unwrap_or(false)
    }
}

/// What the hashes of a cost look like, as a pattern for LIKE.
pub(super) fn pattern(cost: u32) -> String {
    format!("{PREFIX}{cost}${}${}", "_".repeat(SALT_LENGTH), "_".repeat(DIGEST_LENGTH))
}

/// Hashes a password with a new salt.
pub(super) fn hash(password: &str, cost: u32) -> String {
    let salt: [u8; 16] = crate::accounts::secret::random_bytes();
    let salt_text = bcrypt::BASE_64.encode(salt);
    let parts = bcrypt::hash_with_salt(prehash(password, &salt_text), cost, salt)
        .expect("the cost is checked when the settings are read, and base64 holds no NUL");
    let text = parts.format_for_version(bcrypt::Version::TwoB);
    format!("{PREFIX}{cost}${salt_text}${}", &text[text.len() - DIGEST_LENGTH..])
}

/// Spends the time of one hash of this cost, for nothing.
pub(super) fn spend(cost: u32) {
    std::hint::black_box(bcrypt::bcrypt(cost, [0x56; 16], b"time spent for nobody\0"));
}

fn prehash(password: &str, salt: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(salt.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(password.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made by passlib 1.7.4 (`bcrypt_sha256.using(rounds=4).hash(…)`).
    const BY_PASSLIB: &[(&str, &str)] = &[
        ("password", "$bcrypt-sha256$v=2,t=2b,r=4$g/g4FmLsrfJ.1v4czGDDxu$MtCU0gtfXFyDNjUhiZ2fJbReGV0fL.e"),
        ("Grüße, Zoë", "$bcrypt-sha256$v=2,t=2b,r=4$.x199NSK8fxqNC5Ylrms0.$60kjBYst.Eobe16RqPD4IDBLDXdNHPC"),
        (
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "$bcrypt-sha256$v=2,t=2b,r=4$yoPu3DIjkfUo5UaZeRd5SO$thREpteRRpZ4QRqvRC3JlGeYiLx65P6",
        ),
    ];

    #[test]
    fn hashes_made_by_passlib_verify() {
        for (password, hash) in BY_PASSLIB {
            let stored = Stored::parse(hash).unwrap();
            assert!(stored.matches(password), "{password:?}");
            assert!(!stored.matches(&format!("{password}x")), "{password:?} and one more letter");
        }
    }

    #[test]
    fn long_passwords_and_nul_count_to_the_last_byte() {
        let long = "a".repeat(100);
        let hash = hash(&format!("{long}1"), 4);
        assert!(Stored::parse(&hash).unwrap().matches(&format!("{long}1")));
        assert!(!Stored::parse(&hash).unwrap().matches(&format!("{long}2")));
        let nul = super::hash("ab\0cd", 4);
        assert!(!Stored::parse(&nul).unwrap().matches("ab\0ce"));
    }

    #[test]
    fn other_shapes_are_not_ours() {
        let good = hash("x", 4);
        let crooked = "$bcrypt-sha256$v=2,t=2b,r=4$g/g4FmLsrfJ.1v4czGDDxv$MtCU0gtfXFyDNjUhiZ2fJbReGV0fL.e";
        for bad in [
            "",
            "$2b$04$abc",
            "$bcrypt-sha256$v=1,t=2b,r=4$a$b",
            &good[..good.len() - 1],
            &good.replace("r=4", "r=99"),
            &good.replace("r=4", "r=17"),
            crooked,
        ] {
            assert!(Stored::parse(bad).is_none(), "{bad}");
        }
    }
}
