//! Hashes that the original programs made, told apart and verified.

mod argon2;
mod bcrypt;
mod md5_crypt;
mod pbkdf2;
mod phpass;
mod salted;
mod scrypt;
mod sha_crypt;
mod wrapped;

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
        "$scrypt$ln=4,r=8,p=1$LWVsLYXwnjOGsNa61/r/Xw$YTc/mYWsikjgwh5PQhSqo6ycZ842BQAc5m/re7xrvKA",
        "$5$rounds=1000$XbxHb0mUinJXsc2p$331HPidg/bFlk3dh3ioxpRhq3pnXOVdUQouVK3lVz.4",
        "$apr1$saltsalt$J7MyoRReCRWsXbnPiUZ6L1",
        "$P$BXArOLz5ajIGBefCDWDioqsYa/6WHR.",
        "{SSHA}pkdSu3EP0S/55FFN8rmiPjt+m7BTL0xN",
        "{CRYPT}$1$abc$ZEdnSqHZx7IDywm5dy5K90",
        "sha1$khrpERey$24dd67f5ac8d295a9a1fbfcf2a09554919d83de5",
        "$wp$2y$04$wWQkS9x.xnnc24XHvdBgr.Gn3ZBqKmAoa6t9k1OSmD1YUuVAhgque",
        "$bcrypt-sha256-of-md5$v=2,t=2b,r=4$g/g4FmLsrfJ.1v4czGDDxu$MtCU0gtfXFyDNjUhiZ2fJbReGV0fL.e",
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
