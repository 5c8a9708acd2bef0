//! Stored password hashes, which may come from rows that someone imported.

use vestibule::accounts::password::identify;

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
    "$scrypt$ln=4,r=8,p=1$LWVsLYXwnjOGsNa61/r/Xw$YTc/mYWsikjgwh5PQhSqo6ycZ842BQAc5m/re7xrvKA",
    "$5$rounds=1000$XbxHb0mUinJXsc2p$331HPidg/bFlk3dh3ioxpRhq3pnXOVdUQouVK3lVz.4",
    "$6$abc$Rnk.zIFOwPiHCLN70XZDKtIHcMP/BNFoaHxoRijQ5QGAJESCHWdSsN4KLtmwgOcbVJVkEP5gGJ.0D6eBdXFSV0",
    "$P$BXArOLz5ajIGBefCDWDioqsYa/6WHR.",
    "$apr1$saltsalt$J7MyoRReCRWsXbnPiUZ6L1",
    "{SSHA}pkdSu3EP0S/55FFN8rmiPjt+m7BTL0xN",
    "{CRYPT}$1$abc$ZEdnSqHZx7IDywm5dy5K90",
    "sha1$khrpERey$24dd67f5ac8d295a9a1fbfcf2a09554919d83de5",
    "$wp$2y$04$wWQkS9x.xnnc24XHvdBgr.Gn3ZBqKmAoa6t9k1OSmD1YUuVAhgque",
    "$bcrypt-sha256-of-md5$v=2,t=2b,r=4$g/g4FmLsrfJ.1v4czGDDxu$MtCU0gtfXFyDNjUhiZ2fJbReGV0fL.e",
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
    "rounds=",
    "999999999",
    "ln=",
    "19",
    "-of-sha1",
    "{SSHA512}",
    "{CRYPT}",
    "{",
    "}",
    "5f4dcc3b5aa765d61d8327deb882cf99",
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
    "$scrypt$",
    "$5$",
    "$6$",
    "$1$",
    "$apr1$",
    "$P$",
    "$H$",
    "$wp$",
    "$bcrypt-sha256-of-",
    "{ssha",
    "{smd5}",
    "{crypt}",
    "{argon2}",
    "md5$",
    "sha1$",
    "sha256$",
    "sha512$",
];

#[test]
fn a_hash_that_is_understood_is_of_a_known_format_and_asks_for_bearable_work() {
    for sample in SAMPLES.iter().skip(1) {
        assert!(identify(sample).is_ok(), "{sample}");
    }
    run::fuzz(inputs::text(SAMPLES, PIECES), |hash| {
        let named = match identify(&hash) {
            Ok(format) => format.to_string(),
            Err(unusable) => unusable.to_string(),
        };
        assert!(!named.is_empty() && named.len() < 100, "{hash:?}: {named}");
        if identify(&hash).is_ok() {
            assert!(KNOWN.iter().any(|known| begins(&hash, known)), "{hash:?}");
            // Salts and digests may be any text, so nothing in them counts as a number.
            let parts: Vec<&str> = hash.split('$').collect();
            let salt = if hash.starts_with("scrypt$") { 2 } else { parts.len().saturating_sub(2) };
            let others = parts.iter().enumerate().filter(|(place, _)| *place != salt && *place + 1 != parts.len());
            let numbers = others.flat_map(|(_, part)| part.split([':', ',', '=']));
            let mut costs = numbers.filter_map(|text| text.parse::<u64>().ok());
            assert!(costs.all(|cost| cost < 100_000_000), "{hash:?}");
        }
    });
}

/// LDAP's names are the same in any case.
fn begins(hash: &str, known: &str) -> bool {
    hash.get(..known.len())
        .is_some_and(|start| start == known || known.starts_with('{') && start.eq_ignore_ascii_case(known))
}
