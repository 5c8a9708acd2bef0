//! Hashes that the original programs made, told apart and verified.

mod argon2;
mod bcrypt;
mod pbkdf2;
mod scrypt;

use super::Foreign;

/// Longer than bcrypt and than a block of HMAC, and not all ASCII. Byte 72 is the first half of the `ä`.
const LONG: &str =
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxäyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy";

fn assert_verifies(vectors: &[(&str, &str)]) {
    for (password, hash) in vectors {
        let (_, stored) = Foreign::parse(hash).unwrap_or_else(|unusable| panic!("{unusable}: {hash}"));
        assert!(stored.matches(password), "{password:?} {hash}");
        assert!(!stored.matches(&format!("x{password}")), "{password:?} after another letter: {hash}");
        assert!(!stored.matches(""), "nothing: {hash}");
    }
}

fn assert_unknown(hashes: &[&str]) {
    for hash in hashes {
        assert!(Foreign::parse(hash).is_err(), "{hash}");
    }
}

#[test]
fn whatever_a_row_holds_nothing_panics() {
    let whole = [
        "$2b$04$cg4QMjJmjCDo1RpgssXmheWcJnpMOjDLD3/iF9VfM4HtYT135kFQi",
        "$bcrypt-sha256$2b,4$wD9NENvdIcoFCu8W7NBCJe$ZB5CKBwMIzC/pocy/q087n2R2.V9OZ6",
        "bcrypt_sha256$$2b$04$Q1Q9yQHBJI7qIVY5G1JP/e53zsIwAlyy/BozsAp2qRH61zCGbR9Se",
        "pbkdf2:sha1:1$evEuFmaSPj0vCWFN$c9981c7cf418f038da7af8e63f66f2c0e31bfe9f",
        "$pbkdf2-sha256$10$rnWOEUJISWmNcS6ldM7Z.w$X3RAaYyQ/6VZ.Jdfr37van5qqSGZYpw/5QkTDWqCdAE",
        "pbkdf2_sha1$10$seasalt$jUdUmJ2ewMjW1DYjALN3gZkDXIQ=",
        "scrypt$256$seasalt$8$2$/b5QxFcBqtDSTSU/m2YyuClkjgMmso9jF2CmiZ4kWJuKtzGTXqG6OZ/KvQxRi8hpeALPAZVFP8MRyJSG+6KRyA==",
        "argon2$argon2id$v=19$m=64,t=1,p=2$c2Vhc2FsdDg4$5t+qjUImRPDe4/C8TYhXkBEBnk1/UZeAzBio4/pwfZM",
    ];
    for hash in whole {
        assert!(Foreign::parse(hash).is_ok(), "{hash}");
        for end in 0..hash.len() {
            let _ = Foreign::parse(&hash[..end]);
            for letter in ["ä", "$", ",", "-", "9", "\0", ""] {
                let _ = Foreign::parse(&format!("{}{letter}{}", &hash[..end], &hash[end + 1..]));
            }
        }
    }
    assert_unknown(&[
        "", "$", "!", "plain", "$$", "$2b$", "sha1$a$b", "md5$a$b", "ä$ö$ü", "{", "{SSHA}", "{CRYPT}", "{ä}",
    ]);
}
