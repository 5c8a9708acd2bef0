//! What unsalted digests are stored as.

use super::super::super::bcrypt_sha256;
use super::super::super::weak::Weak;
use super::super::wrapped::stored;
use super::{assert_unknown, assert_verifies};

#[test]
fn a_wrapped_digest_verifies_with_the_password_that_it_is_of() {
    // `printf 'Grüße, Zoë' | md5sum` and so on
    for digest in [
        "a3ab10826ed2ea6fe3def8ccaeab8cf6",
        "A3AB10826ED2EA6FE3DEF8CCAEAB8CF6",
        "3c0a1a9b0d986e33f33992b486756f8112f767ae",
        "sha1$$3c0a1a9b0d986e33f33992b486756f8112f767ae",
    ] {
        let weak = Weak::parse(digest).unwrap();
        let hash = stored(weak.function, &bcrypt_sha256::hash(&weak.hex, 4));
        assert!(hash.starts_with("$bcrypt-sha256-of-") && hash.contains("$v=2,t=2b,r=4$"), "{hash}");
        assert!(!hash.to_lowercase().contains(&weak.hex), "{hash}");
        assert_verifies(&[("Grüße, Zoë", &hash)]);
        assert!(!super::Foreign::parse(&hash).unwrap().1.matches(&weak.hex), "the digest itself is no password");
    }
}

#[test]
fn other_shapes_and_absurd_costs_are_unknown() {
    let end = "$v=2,t=2b,r=4$g/g4FmLsrfJ.1v4czGDDxu$MtCU0gtfXFyDNjUhiZ2fJbReGV0fL.e";
    for name in ["-of-", "-of-sha", "-of-md4", "-of-md5-of-md5", "-md5", "md5"] {
        assert_unknown(&[&format!("$bcrypt-sha256{name}{end}")]);
    }
    for cost in ["r=3", "r=17", "r=99", "r=-4"] {
        assert_unknown(&[&format!("$bcrypt-sha256-of-md5{}", end.replace("r=4", cost))]);
    }
    assert_unknown(&[
        "$bcrypt-sha256-of-md5",
        "$bcrypt-sha256-of-md5$",
        &format!("$bcrypt-sha256-of-md5{}", &end[..60]),
    ]);
}
