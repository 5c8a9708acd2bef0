//! Stored password hashes, which may come from rows that someone imported.

use vestibule::accounts::password::can_verify;

use crate::{inputs, run};

const SAMPLES: &[&str] = &[
    "$bcrypt-sha256$v=2,t=2b,r=4$G5Q3f1DUYF5R1O2XzYpo4u$XrVcPKF1e1jrtJLfgSBGu6yv0p3VFJe",
    "$2b$04$cg4QMjJmjCDo1RpgssXmheWcJnpMOjDLD3/iF9VfM4HtYT135kFQi",
    "$bcrypt-sha256$2b,4$wD9NENvdIcoFCu8W7NBCJe$ZB5CKBwMIzC/pocy/q087n2R2.V9OZ6",
    "bcrypt_sha256$$2b$04$Q1Q9yQHBJI7qIVY5G1JP/e53zsIwAlyy/BozsAp2qRH61zCGbR9Se",
    "pbkdf2:sha1:1$evEuFmaSPj0vCWFN$c9981c7cf418f038da7af8e63f66f2c0e31bfe9f",
    "$pbkdf2-sha256$10$rnWOEUJISWmNcS6ldM7Z.w$X3RAaYyQ/6VZ.Jdfr37van5qqSGZYpw/5QkTDWqCdAE",
    "pbkdf2_sha1$10$seasalt$jUdUmJ2ewMjW1DYjALN3gZkDXIQ=",
    "scrypt:256:8:1$$45cd462eced6e8e3d055bc536d760bb824d0772b345047137192717bcaa587643ff9685c08c542371ac84f7cb570f148eb4719acf1a28f970ad589166208be1e",
    "scrypt$256$seasalt$8$2$/b5QxFcBqtDSTSU/m2YyuClkjgMmso9jF2CmiZ4kWJuKtzGTXqG6OZ/KvQxRi8hpeALPAZVFP8MRyJSG+6KRyA==",
    "argon2$argon2id$v=19$m=64,t=1,p=2$c2Vhc2FsdDg4$5t+qjUImRPDe4/C8TYhXkBEBnk1/UZeAzBio4/pwfZM",
    "$argon2i$m=64,t=1,p=4$c29tZXNhbHQ$d4qCdYG3FMxiFbl8Y/aviw",
];
const PIECES: &[&str] = &[
    "$",
    "$$",
    ":",
    ",",
    "=",
    "==",
    "0",
    "1",
    "9",
    "04",
    "31",
    "+4",
    "-1",
    "65536",
    "1048577",
    "4294967295",
    "4294967296",
    "18446744073709551616",
    "2a",
    "2b",
    "2y",
    "v=19",
    "m=",
    "t=",
    "p=",
    "keyid=AAAA",
    "sha1",
    "sha512",
    "argon2id",
    "AAAA",
    "....",
];

/// How the formats begin that a password can be compared with.
const KNOWN: &[&str] = &[
    "$bcrypt-sha256$",
    "bcrypt_sha256$",
    "bcrypt$",
    "$2a$",
    "$2b$",
    "$2y$",
    "pbkdf2:",
    "$pbkdf2-",
    "pbkdf2_",
    "scrypt:",
    "scrypt$",
    "argon2$",
    "$argon2",
];

#[test]
fn a_hash_that_is_understood_is_of_a_known_format_and_asks_for_bearable_work() {
    for sample in SAMPLES.iter().skip(1) {
        assert!(can_verify(sample), "{sample}");
    }
    run::fuzz(inputs::text(SAMPLES, PIECES), |hash| {
        if can_verify(&hash) {
            assert!(KNOWN.iter().any(|beginning| hash.starts_with(beginning)), "{hash:?}");
            // The salt may be any text, so nothing in it counts as a number.
            let parts: Vec<&str> = hash.split('$').collect();
            let salt = if hash.starts_with("scrypt$") { 1 } else { parts.len().saturating_sub(2) };
            let others = parts.iter().enumerate().filter(|(place, _)| *place != salt);
            let numbers = others.flat_map(|(_, part)| part.split([':', ',', '=']));
            let mut costs = numbers.filter_map(|text| text.parse::<u64>().ok());
            assert!(costs.all(|cost| cost < 100_000_000), "{hash:?}");
        }
    });
}
