//! PBKDF2 of other programs, with the HMAC of a SHA.
//!
//! Sources: Werkzeug's `generate_password_hash` (`pbkdf2:sha256:150000$salt$hex`); passlib's `pbkdf2_sha256` and
//! `pbkdf2_sha512` (`$pbkdf2-sha256$rounds$salt$digest`, in its adapted base64) and `pbkdf2_sha1` (`$pbkdf2$…`); Django's `PBKDF2PasswordHasher` and
//! `PBKDF2SHA1PasswordHasher` (`pbkdf2_sha256$rounds$salt$digest`). Only passlib's salts are bytes: the others are
//! text, hashed as it stands there. All of them allow an empty one.

use sha1::Sha1;
use sha2::{Sha256, Sha512};
use subtle::ConstantTimeEq;

use super::cost::Work;
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
        if let Some(passlib) = stored.strip_prefix("$pbkdf2$") {
            let [rounds, salt, digest] = parts(passlib)?;
            return checked(Function::Sha1, rounds, adapted_base64(salt)?, adapted_base64(digest)?);
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

    pub fn is_bearable(&self) -> bool {
        self.rounds <= MAX_ROUNDS
    }

    pub fn matches(&self, password: &str) -> bool {
        self.derive(password, self.rounds).ct_eq(&self.digest).into()
    }

    pub fn work(&self) -> Work {
        let function = format!("PBKDF2 {:?}", self.function);
        Work::Rounds { function, number: self.rounds, in_share: SHARE_ROUNDS, grows: false }
    }

    pub fn spend_share(&self) {
        std::hint::black_box(self.derive("time spent for nobody", SHARE_ROUNDS));
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
    let rounds = number(rounds)?;
    (digest.len() == function.length()).then_some(Pbkdf2 { function, rounds, salt, digest })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_werkzeug_does_not_say_how_often_it_is_as_often_as_it_does_by_itself() {
        // Only taken apart: a million rounds are slow without optimisation.
        let hash = "pbkdf2:sha256$abc$52b25bf77f2e55cb52b75f6da7814c3788c47118f0785912d5a950bab703e2a7";
        assert_eq!(Pbkdf2::parse(hash).unwrap().rounds, 1_000_000);
    }
}
