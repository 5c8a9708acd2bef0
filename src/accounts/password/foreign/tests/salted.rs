//! What other programs made with one round and a salt.

use super::{LONG, assert_unknown, assert_verifies};

#[test]
fn hashes_of_ldap_verify() {
    assert_verifies(&[
        // OpenLDAP 2.5: `slappasswd -h '{SSHA}'` and so on, with the module pw-sha2
        ("Grüße, Zoë", "{SSHA}pkdSu3EP0S/55FFN8rmiPjt+m7BTL0xN"),
        ("Grüße, Zoë", "{SMD5}yu2L2CkocOTE2eDTbd46Gd70LsY="),
        ("Grüße, Zoë", "{SSHA256}OxZYSVTXpmnaMh4mZRGW6QBQOwZRv4ig8EIgR7U9YfhtVnOBOj9fcQ=="),
        (
            "Grüße, Zoë",
            "{SSHA512}+lSyCaUmVMvGz90cLL6cUIE3snvL1IUi45Osm/fbSFMpdPV2oEQzMv/c/fZoTbejqiHF9VzVTvtqXQm71Hy2vbNb1zPjTx/K",
        ),
        // passlib 1.7.4: `ldap_salted_sha256.hash(…)`
        (LONG, "{SSHA256}1K6hFDMg+Utt/KypAwsKfCRknN6kakNFteK/Hz3eryRmrFUKQUhpLQ=="),
        ("Grüße, Zoë", "{ssha}HkQMe0nAWOkz6vPktERJ4/1Q315PqfVe"),
    ]);
}

#[test]
fn hashes_of_old_werkzeug_and_django_verify() {
    assert_verifies(&[
        // Werkzeug 0.16.1: `generate_password_hash(password, "sha1")` and so on
        ("Grüße, Zoë", "sha1$khrpERey$24dd67f5ac8d295a9a1fbfcf2a09554919d83de5"),
        ("Grüße, Zoë", "md5$wuxEEkl4$f9f1ab45283d4fa57e7f33e80e3e421c"),
        // Werkzeug 2.2.3
        ("Grüße, Zoë", "sha1$K8UkaL6iaWOPOnXL$dd04b52e995da97821378037cefde069635c7aa2"),
        ("Grüße, Zoë", "sha256$3VP2OBgxunwvEN0Z$3083cb12bdcf853df81c398ae0336d94b708ddb4ab5c911fa4424ac5e96e8dbe"),
        (
            "Grüße, Zoë",
            "sha512$AsdxHPCCp6NqIHUc$7965dcf7dffd191b7eef781ee3eab758893d698d99304752120b70c0de8d71047bbe4442c41797873e595ae73a80f69e9541ffa5c5ad85aa932728c73cb4dadf",
        ),
        // Django 4.2.20: `SHA1PasswordHasher().encode(password, "seasalt")`, `MD5PasswordHasher`
        ("Grüße, Zoë", "sha1$seasalt$6e695002c55bdb68e3c7dc22ae62c366665a38da"),
        ("Grüße, Zoë", "md5$seasalt$232c76c5b93295bbd03cfe0f6170baa5"),
        // The example in Django's own tests.
        ("lètmein", "sha1$seasalt$cff36ea83f5706ce9aa7454e63e431fc726b2dc8"),
    ]);
}

#[test]
fn other_shapes_are_unknown() {
    assert_unknown(&[
        "{SSHA}hvfkN/qlp/zhXR3cuerq6jd2Z7g=",
        "{SSHA}pkdSu3EP",
        "{SSHA}!",
        "{SSHA384}pkdSu3EP0S/55FFN8rmiPjt+m7BTL0xN",
        "sha1$seasalt$6e695002c55bdb68e3c7dc22ae62c366665a38",
        "sha1$sea$salt$6e695002c55bdb68e3c7dc22ae62c366665a38da",
        "sha256$seasalt$6e695002c55bdb68e3c7dc22ae62c366665a38da",
        "sha224$seasalt$6e695002c55bdb68e3c7dc22ae62c366665a38da",
        "plain$seasalt$password",
    ]);
}

#[test]
fn what_has_no_salt_is_unknown() {
    // Django 4.2.20 `UnsaltedMD5PasswordHasher`, `UnsaltedSHA1PasswordHasher`; passlib 1.7.4 `ldap_sha1`
    assert_unknown(&[
        "a3ab10826ed2ea6fe3def8ccaeab8cf6",
        "sha1$$3c0a1a9b0d986e33f33992b486756f8112f767ae",
        "md5$$a3ab10826ed2ea6fe3def8ccaeab8cf6",
        "{SHA}hvfkN/qlp/zhXR3cuerq6jd2Z7g=",
    ]);
}
