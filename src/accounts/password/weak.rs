//! Unsalted digests of passwords, which whoever reads them looks up in a table. They are not stored as they are, but
//! inside a bcrypt: see `foreign::wrapped`.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

use crate::notation::hex;

/// A digest of a password without a salt, in hex or as LDAP writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weak {
    pub(super) function: Function,
    /// In lower case.
    pub(super) hex: String,
}

/// The functions whose digests are recognised, by their length if by nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Function {
    Md5,
    Sha1,
    Sha256,
    Sha512,
}

const FUNCTIONS: [Function; 4] = [Function::Md5, Function::Sha1, Function::Sha256, Function::Sha512];

impl Weak {
    /// Takes one apart: `0cc175b9…`, Django's `md5$$0cc175b9…`, or LDAP's `{MD5}DMF1ucDx…`, which `htpasswd -s` writes too.
    pub(super) fn parse(stored: &str) -> Option<Weak> {
        if let Some((scheme, digest)) = stored.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
            let (function, digest) = (Function::named(&scheme.to_ascii_lowercase())?, STANDARD.decode(digest).ok()?);
            return (digest.len() * 2 == function.length()).then(|| Weak { function, hex: hex(&digest) });
        }
        let (named, digits) = match stored.split_once("$$") {
            Some((name, digits)) => (Some(Function::named(name)?), digits),
            None => (None, stored),
        };
        let function = FUNCTIONS.into_iter().find(|function| function.length() == digits.len())?;
        let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        let is_it = is_hex && named.is_none_or(|named| named == function);
        is_it.then(|| Weak { function, hex: digits.to_ascii_lowercase() })
    }
}

impl fmt::Display for Weak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.function.fmt(f)
    }
}

impl fmt::Display for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Function::Md5 => "MD5",
            Function::Sha1 => "SHA-1",
            Function::Sha256 => "SHA-256",
            Function::Sha512 => "SHA-512",
        })
    }
}

impl Function {
    pub(super) fn named(name: &str) -> Option<Function> {
        match name {
            "sha" => Some(Function::Sha1),
            _ => FUNCTIONS.into_iter().find(|function| function.name() == name),
        }
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Function::Md5 => "md5",
            Function::Sha1 => "sha1",
            Function::Sha256 => "sha256",
            Function::Sha512 => "sha512",
        }
    }

    /// The digest of a password in lower-case hex.
    pub(super) fn hex_of(self, password: &str) -> String {
        match self {
            Function::Md5 => hex(&Md5::digest(password)),
            Function::Sha1 => hex(&Sha1::digest(password)),
            Function::Sha256 => hex(&Sha256::digest(password)),
            Function::Sha512 => hex(&Sha512::digest(password)),
        }
    }

    /// How many hex digits a digest has.
    fn length(self) -> usize {
        match self {
            Function::Md5 => 32,
            Function::Sha1 => 40,
            Function::Sha256 => 64,
            Function::Sha512 => 128,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_without_a_salt_are_recognised_however_they_are_written() {
        // Of "a": md5sum, sha1sum; passlib 1.7.4 `ldap_md5`, `ldap_sha1`.
        for (stored, name) in [
            ("0cc175b9c0f1b6a831c399e269772661", "MD5"),
            ("0CC175B9C0F1B6A831C399E269772661", "MD5"),
            ("md5$$0cc175b9c0f1b6a831c399e269772661", "MD5"),
            ("{MD5}DMF1ucDxtqgxw5niaXcmYQ==", "MD5"),
            ("86f7e437faa5a7fce15d1ddcb9eaeaea377667b8", "SHA-1"),
            ("sha1$$86f7e437faa5a7fce15d1ddcb9eaeaea377667b8", "SHA-1"),
            ("{SHA}hvfkN/qlp/zhXR3cuerq6jd2Z7g=", "SHA-1"),
            ("{sha}hvfkN/qlp/zhXR3cuerq6jd2Z7g=", "SHA-1"),
            ("ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb", "SHA-256"),
        ] {
            let weak = Weak::parse(stored).unwrap_or_else(|| panic!("{stored}"));
            assert_eq!((weak.to_string().as_str(), &weak.hex), (name, &weak.function.hex_of("a")), "{stored}");
        }
        for other in
            ["", "a", "{SHA}DMF1ucDxtqgxw5niaXcmYQ==", "md5$$86f7e437faa5a7fce15d1ddcb9eaeaea377667b8", "sha1$$"]
        {
            assert_eq!(Weak::parse(other), None, "{other}");
        }
        assert_eq!(Weak::parse("md5$x$0cc175b9c0f1b6a831c399e269772661"), None, "with a salt");
        assert_eq!(Weak::parse(&"ä".repeat(16)), None);
    }
}
