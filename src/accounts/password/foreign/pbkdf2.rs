//! PBKDF2 of other programs, with the HMAC of a SHA.
//!
//! Sources: Werkzeug's `generate_password_hash` (`pbkdf2:sha256:150000$salt$hex`); passlib's `pbkdf2_sha256` and
//! `pbkdf2_sha512` (`$pbkdf2-sha256$rounds$salt$digest`, in its adapted base64); Django's `PBKDF2PasswordHasher` and
//! `PBKDF2SHA1PasswordHasher` (`pbkdf2_sha256$rounds$salt$digest`). Only passlib's salts are bytes: the others are
//! text, hashed as it stands there. All of them allow an empty one.

use sha1::Sha1;
use sha2::{Sha256, Sha512};
use subtle::ConstantTimeEq;

use super::encoding::{adapted_base64, base64, hex, number};

/// Some seconds of work. What the libraries choose by themselves is a tenth of it at most.
const MAX_ROUNDS: u32 = 10_000_000;

/// What Werkzeug 3.1 takes when a hash does not say how often.
const WERKZEUG_ROUNDS: &str = "1000000";

/// A share of the work, which takes some hundredths of a second.
const SHARE_ROUNDS: u32 = 20_000;

/// A stored hash, taken apart.
pub(in crate::accounts::password) struct Pbkdf2 {
    function: Function,
    rounds: u32,
    salt: Vec<u8>,
    digest: Vec<u8>,
}

#[derive(Debug, Clone, Copy)]
enum Function {
    Sha1,
    Sha256,
    Sha512,
}

impl Pbkdf2 {
    pub fn parse(stored: &str) -> Option<Pbkdf2> {
        if let Some(werkzeug) = stored.strip_prefix("pbkdf2:") {
            let [method, salt, digest] = parts(werkzeug)?;
            let (function, rounds) = method.split_once(':').unwrap_or((method, WERKZEUG_ROUNDS));
            return checked(Function::named(function)?, rounds, salt.into(), hex(digest)?);
        }
        if let Some(passlib) = stored.strip_prefix("$pbkdf2-") {
            let (function, rest) = passlib.split_once('$')?;
            let [rounds, salt, digest] = parts(rest)?;
            return checked(Function::named(function)?, rounds, adapted_base64(salt)?, adapted_base64(digest)?);
        }
        let (function, rest) = stored.strip_prefix("pbkdf2_")?.split_once('$')?;
        let [rounds, salt, digest] = parts(rest)?;
        checked(Function::named(function)?, rounds, salt.into(), base64(digest)?)
    }

    pub fn matches(&self, password: &str) -> bool {
        self.derive(password, self.rounds).ct_eq(&self.digest).into()
    }

    pub fn parameters(&self) -> String {
        format!("PBKDF2 {:?} {}", self.function, self.rounds)
    }

    pub fn shares(&self) -> u32 {
        self.rounds.div_ceil(SHARE_ROUNDS)
    }

    pub fn spend_share(&self) {
        std::hint::black_box(self.derive("time spent for nobody", self.rounds.div_ceil(self.shares())));
    }

    fn derive(&self, password: &str, rounds: u32) -> Vec<u8> {
        let derive = match self.function {
            Function::Sha1 => ::pbkdf2::pbkdf2_hmac::<Sha1>,
            Function::Sha256 => ::pbkdf2::pbkdf2_hmac::<Sha256>,
            Function::Sha512 => ::pbkdf2::pbkdf2_hmac::<Sha512>,
        };
        let mut computed = vec![0; self.digest.len()];
        derive(password.as_bytes(), &self.salt, rounds, &mut computed);
        computed
    }
}

impl Function {
    fn named(name: &str) -> Option<Function> {
        match name {
            "sha1" => Some(Function::Sha1),
            "sha256" => Some(Function::Sha256),
            "sha512" => Some(Function::Sha512),
            _ => None,
        }
    }

    fn length(self) -> usize {
        match self {
            Function::Sha1 => 20,
            Function::Sha256 => 32,
            Function::Sha512 => 64,
        }
    }
}

/// What lies between exactly two dollars.
fn parts(text: &str) -> Option<[&str; 3]> {
    text.split('$').collect::<Vec<_>>().try_into().ok()
}

/// All the libraries keep as many bytes as the function has; more would cost more than the rounds say.
fn checked(function: Function, rounds: &str, salt: Vec<u8>, digest: Vec<u8>) -> Option<Pbkdf2> {
    let rounds = number(rounds).filter(|rounds| *rounds <= MAX_ROUNDS)?;
    (digest.len() == function.length()).then_some(Pbkdf2 { function, rounds, salt, digest })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{LONG, assert_unknown, assert_verifies};

    #[test]
    fn hashes_made_by_werkzeug_verify() {
        // Werkzeug 3.1.9: `generate_password_hash(password, "pbkdf2:sha256:10")` and so on.
        assert_verifies(&[
            ("password", "pbkdf2:sha1:1$evEuFmaSPj0vCWFN$c9981c7cf418f038da7af8e63f66f2c0e31bfe9f"),
            ("Grüße, Zoë", "pbkdf2:sha1:1$TKKn4oLfdSiWdFQd$22a4118ea9bc2262907df0ce0fa41071646e2969"),
            (
                "Grüße, Zoë",
                "pbkdf2:sha256:10$VNRoGhitz14OUjOh$d77da598d166bfe617b08cc45de8eaa24239e91ad825614643b8291e28451091",
            ),
            (
                LONG,
                "pbkdf2:sha256:10$ePu3eqxR1UXTrIR3$23a8d795447539c178fbc4108f761ac5e8b8de4238289d47407c96153614a030",
            ),
            (
                LONG,
                "pbkdf2:sha512:3$Z3gPX30ktvNLypc5$d9bf4df8b27bf37927cc7b09fad3579dbb44b42f3353c208a9a6df33c599d8f591c37421d3fec45734d7fd78b8ec7b6b5d9a387c7d5e7da2c0df188018cda5a5",
            ),
            // `_hash_internal("pbkdf2:sha256:10", "", password)`: an empty salt.
            ("Grüße, Zoë", "pbkdf2:sha256:10$$e6d557112ce8fee6d01e88ba8d914559dbe824995fa3bab4dee10e415e0b3bca"),
        ]);
    }

    #[test]
    fn where_werkzeug_does_not_say_how_often_it_is_as_often_as_it_does_by_itself() {
        // Only taken apart: a million rounds are slow without optimisation.
        let hash = "pbkdf2:sha256$abc$52b25bf77f2e55cb52b75f6da7814c3788c47118f0785912d5a950bab703e2a7";
        assert_eq!(super::Pbkdf2::parse(hash).unwrap().rounds, 1_000_000);
    }

    #[test]
    fn hashes_made_by_passlib_verify() {
        // passlib 1.7.4: `pbkdf2_sha256.using(rounds=10).hash(…)`; then an empty salt, and one that is all dots.
        assert_verifies(&[
            ("password", "$pbkdf2-sha256$10$rnWOEUJISWmNcS6ldM7Z.w$X3RAaYyQ/6VZ.Jdfr37van5qqSGZYpw/5QkTDWqCdAE"),
            (LONG, "$pbkdf2-sha256$10$PMc4h7CW8r63FuI855wTAg$DLUsnBvqAm4SPp.k495FHJFys0/51LFj5hmn3XAGx2o"),
            (
                "Grüße, Zoë",
                "$pbkdf2-sha512$10$1JozRmiNMYZwTqn1vlcKIQ$s/n1WTFsTozyhlut8H8BTJZptTtrcb0aDlPOZfRZ2E8MGwYx3xHa5KCJ9qHj29b0BGD.keY15CAFtd2Z9lfKkA",
            ),
            ("Grüße, Zoë", "$pbkdf2-sha256$1$$Jf3Aci73B7/plVvcpq2dFIJUquwmEpPbMsMrH0HA/.o"),
            (
                "Grüße, Zoë",
                "$pbkdf2-sha512$1$....//8$TPRGkGGGQOQIbq00t14Au3WfLVBDUWQy1TOmNnyAHV/h2X6.1LTkWnv25u5eevteYQvgNA5n5afCAHX3ot/uuQ",
            ),
        ]);
    }

    #[test]
    fn hashes_made_by_django_verify() {
        // Django 5.2.19: `PBKDF2PasswordHasher().encode(password, "seasalt", 10)` and its SHA-1 sister.
        assert_verifies(&[
            ("password", "pbkdf2_sha256$10$seasalt$5rmNRFiRuUP33Ej2pkHvsHJP9Yky6yHqLYGPG7nFNEE="),
            ("Grüße, Zoë", "pbkdf2_sha256$10$seasalt$8bpy3DPhpkp/rERlz6WF3hqRCrcSz/ZqgbHp+0CEcYQ="),
            ("Grüße, Zoë", "pbkdf2_sha1$10$seasalt$hk4qSKcowEkrd+L0cmPDD+ionMg="),
            (LONG, "pbkdf2_sha1$10$seasalt$UWU95X/+sRJr63cpbNxsHyGAonI="),
        ]);
    }

    #[test]
    fn other_shapes_and_absurd_numbers_are_unknown() {
        let hex = "36c0002f52e0976a768428ce4b342ae834117100c80a473e54fbe8d1b4d8bd17";
        for method in
            ["sha256:0", "sha256:10000001", "sha256:4294967297", "sha256:", "sha256:-1", "md5:5", "", "sha1:5"]
        {
            assert_unknown(&[&format!("pbkdf2:{method}$salt${hex}")]);
        }
        assert_unknown(&[
            "pbkdf2:sha256:10$salt",
            "pbkdf2:sha256:10$salt$",
            &format!("pbkdf2:sha256:10$salt${hex}00"),
            &format!("pbkdf2:sha256:10$sa$lt${hex}"),
            "pbkdf2_sha256$10$seasalt$5rmNRFiRuUP33Ej2pkHvsHJP9Yky6yHqLYGPG7nF",
            "$pbkdf2-sha256$0$$Jf3Aci73B7/plVvcpq2dFIJUquwmEpPbMsMrH0HA/.o",
            "$pbkdf2-sha256$1$!$Jf3Aci73B7/plVvcpq2dFIJUquwmEpPbMsMrH0HA/.o",
        ]);
    }
}
