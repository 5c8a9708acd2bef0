//! What other programs made with SHA-crypt.

use super::super::sha_crypt::ShaCrypt;
use super::{LONG, assert_unknown, assert_verifies};

#[test]
fn hashes_made_by_passlib_verify() {
    // passlib 1.7.4: `sha256_crypt.using(rounds=1000).hash(…)` and so on, the last of each with an empty salt.
    assert_verifies(&[
        ("password", "$5$HLvsJNCUNOE82k4N$5b2dBYARuciPiNwevSFvE5NddWSdmvRUc98sNk16Cg0"),
        ("Grüße, Zoë", "$5$rounds=1000$XbxHb0mUinJXsc2p$331HPidg/bFlk3dh3ioxpRhq3pnXOVdUQouVK3lVz.4"),
        (LONG, "$5$rounds=1234$$whP2NQ5U2z144Yy5AXPlhSp38TFCemwOwGZj/f/iAlC"),
        (
            "password",
            "$6$n4BudAR6VDriQa4I$Z.pp0J320JMa6AvxNG82rzY1/g4WCiHAUloVjrbphLzwUAtKNj/.bIRMO0PtZkBJQ5F1QkNFyuTDQzjnmfKEj/",
        ),
        (
            "Grüße, Zoë",
            "$6$rounds=1000$70ucYfXL6g/CPd0j$fTnHPC/RcP2eQQR7PtM8s3obE0JA/V.mroEBNvVyF00dGvqTWRjvU5E/rXdLYLLox95iz8JdxhN7pzH3kfKVO1",
        ),
        (
            LONG,
            "$6$rounds=1234$$fl7wQ64PzfNeYRUeIGR/fqC/e6rTqdiEDHcqOLSOiznO4cB3TOfMFDx4jNrda1170YevTAFcvuoyjFCwTGtlw0",
        ),
    ]);
}

#[test]
fn hashes_made_by_openssl_php_and_openldap_verify() {
    assert_verifies(&[
        // OpenSSL 3.0: `openssl passwd -6 -salt abc`
        ("Grüße, Zoë", "$6$abc$Rnk.zIFOwPiHCLN70XZDKtIHcMP/BNFoaHxoRijQ5QGAJESCHWdSsN4KLtmwgOcbVJVkEP5gGJ.0D6eBdXFSV0"),
        // PHP 8.2: `crypt(…, '$6$rounds=1000$abcdefgh$')`
        (
            "Grüße, Zoë",
            "$6$rounds=1000$abcdefgh$Yfhj6eyYYaLUG.5wEa1xCVPMtpmqtC17eX0PleysV9NPyDaguneQgPiYkbscG9i941j0BxK4BF1xiUy7DZGjw0",
        ),
        // OpenLDAP 2.5: `slappasswd -h '{CRYPT}' -c '$6$rounds=1000$%.8s'`
        (
            "Grüße, Zoë",
            "{CRYPT}$6$rounds=1000$n7bsfwvk$y3wi2b9DUX1tqxMUWPWNEPkIRy0migFxZhVgKOQxWTGQ9GQaW0bCoZ0dNEFj./b4GREbYx7lIfo7k7bsnl6IL/",
        ),
    ]);
}

#[test]
fn other_shapes_and_absurd_numbers_are_unknown() {
    let end = "XbxHb0mUinJXsc2p$331HPidg/bFlk3dh3ioxpRhq3pnXOVdUQouVK3lVz.4";
    for rounds in ["0", "999", "2000001", "999999999", "4294967296", "-1", "+5000", ""] {
        assert_unknown(&[&format!("$5$rounds={rounds}${end}")]);
    }
    assert!(ShaCrypt::parse(&format!("$5$rounds=2000000${end}")).is_some_and(|hash| hash.is_bearable()));
    assert_unknown(&[
        &format!("$6${end}"),
        &format!("$5$1{end}"),
        &format!("$5${end}4"),
        &format!("$5$5000${end}"),
        "$5$salt",
        "$5$salt$",
        "$5$rounds=5000",
    ]);
}

#[test]
fn what_nobody_types_is_not_even_tried() {
    let stored = ShaCrypt::parse("$5$HLvsJNCUNOE82k4N$5b2dBYARuciPiNwevSFvE5NddWSdmvRUc98sNk16Cg0").unwrap();
    let stored = super::Foreign::ShaCrypt(stored);
    let started = std::time::Instant::now();
    assert!(!stored.matches(&"x".repeat(1 << 20)));
    assert!(started.elapsed().as_secs() < 1, "5000 rounds of a megabyte would take half a minute");
}
