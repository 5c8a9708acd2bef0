//! One round of a fast function over password and salt: LDAP's `{SSHA}`, `{SSHA256}`, `{SSHA512}`, and `sha1$salt$hex` of
//! Werkzeug before its version 0.10, or of its `method="sha256"` in many tutorials, and of Django before 1.4.
//!
//! Sources: the section on userPassword of OpenLDAP's administrator's guide (base64 of the digest, and the salt behind
//! it); Werkzeug's `_hash_internal` (an HMAC, keyed with the salt); Django's `SHA1PasswordHasher` and `MD5PasswordHasher`
//! (the digest of the salt, and the password behind it). The latter two look the same, so both are tried.

use hmac::digest::block_api::EagerHash;
use hmac::{Hmac, KeyInit, Mac};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};
use subtle::{Choice, ConstantTimeEq};

use super::encoding::{base64, hex};

/// A stored hash, taken apart.
pub(in crate::accounts::password) struct Salted {
    function: Function,
    shape: Shape,
    salt: Vec<u8>,
    digest: Vec<u8>,
}

#[derive(Debug, Clone, Copy)]
enum Function {
    Md5,
    Sha1,
    Sha256,
    Sha512,
}

enum Shape {
    Ldap,
    WerkzeugOrDjango,
}

impl Salted {
    /// Without a salt it is not one of these.
    pub fn parse(stored: &str) -> Option<Salted> {
        let (function, shape, salt, digest) = match stored.strip_prefix('{') {
            Some(ldap) => {
                let (scheme, text) = ldap.split_once('}')?;
                let function = Function::of_ldap(scheme)?;
                let mut digest = base64(text)?;
                let salt = digest.split_off(function.length().min(digest.len()));
                (function, Shape::Ldap, salt, digest)
            }
            None => {
                let [function, salt, digest]: [&str; 3] = stored.split('$').collect::<Vec<_>>().try_into().ok()?;
                (Function::named(function)?, Shape::WerkzeugOrDjango, salt.into(), hex(digest)?)
            }
        };
        let shaped = !salt.is_empty() && digest.len() == function.length();
        shaped.then_some(Salted { function, shape, salt, digest })
    }

    pub fn matches(&self, password: &str) -> bool {
        match self.function {
            Function::Md5 => self.matches_with::<Md5>(password.as_bytes()),
            Function::Sha1 => self.matches_with::<Sha1>(password.as_bytes()),
            Function::Sha256 => self.matches_with::<Sha256>(password.as_bytes()),
            Function::Sha512 => self.matches_with::<Sha512>(password.as_bytes()),
        }
    }

    fn matches_with<D: Digest + EagerHash>(&self, password: &[u8]) -> bool
    where
        Hmac<D>: KeyInit + Mac,
    {
        let same = |digest: &[u8]| digest.ct_eq(&self.digest);
        let one_behind_the_other =
            |first: &[u8], second: &[u8]| same(&D::new().chain_update(first).chain_update(second).finalize());
        let found: Choice = match self.shape {
            Shape::Ldap => one_behind_the_other(password, &self.salt),
            Shape::WerkzeugOrDjango => {
                let mut mac = Hmac::<D>::new_from_slice(&self.salt).expect("HMAC takes keys of any length");
                Mac::update(&mut mac, password);
                same(&mac.finalize().into_bytes()) | one_behind_the_other(&self.salt, password)
            }
        };
        found.into()
    }
}

impl Function {
    fn named(name: &str) -> Option<Function> {
        match name {
            "md5" => Some(Function::Md5),
            "sha1" => Some(Function::Sha1),
            "sha256" => Some(Function::Sha256),
            "sha512" => Some(Function::Sha512),
            _ => None,
        }
    }

    /// The schemes' names are the same in any case.
    fn of_ldap(scheme: &str) -> Option<Function> {
        match scheme.to_ascii_uppercase().as_str() {
            "SMD5" => Some(Function::Md5),
            "SSHA" => Some(Function::Sha1),
            "SSHA256" => Some(Function::Sha256),
            "SSHA512" => Some(Function::Sha512),
            _ => None,
        }
    }

    fn length(self) -> usize {
        match self {
            Function::Md5 => 16,
            Function::Sha1 => 20,
            Function::Sha256 => 32,
            Function::Sha512 => 64,
        }
    }
}
