//! What other programs made with Argon2.

use super::super::argon2::Argon2;
use super::{LONG, assert_unknown, assert_verifies};

#[test]
fn hashes_made_by_argon2_cffi_verify() {
    // argon2-cffi 25.1.0: `PasswordHasher(1, 64, 1, type=Type.ID).hash(…)` and so on.
    assert_verifies(&[
        (
            "Grüße, Zoë",
            "$argon2id$v=19$m=64,t=1,p=1$ZjcYfEbydCXaDhqZJ4OxjQ$YeR+Qg8yhmPAiz6WND2QYAeYleUXb+P49UP0xZxSajo",
        ),
        ("Grüße, Zoë", "$argon2i$v=19$m=64,t=1,p=1$LGfEPzm7cBM8t41neTNBmQ$oeC+hDx6XFflHmqmz8zoBtZ25EDdPOJwM6Wsgadcybc"),
        ("Grüße, Zoë", "$argon2d$v=19$m=64,t=1,p=1$cnwq1TWWh1zznc6+RzMdyg$docG9HnBsD0uWeMfAiv7+jSlbMVEXzJEYUijSi/E1Ck"),
        (
            LONG,
            "$argon2id$v=19$m=128,t=2,p=3$scNMwQ27lE+7ixFpwq2NpA$6lPYYrotPeHwnzCwFj1gfcLKjgqR8zpLJIuPYLhlRT7LzbLNTQIxVlGowG6zfuE6dLZ/j21XHNaXEXY+v25O+A",
        ),
        ("a\0b", "$argon2id$v=19$m=64,t=1,p=1$PWCMPxxI203BnTVX8ccGUw$zlpyfszWtZUUmyHNqcXGR0HqbZKwp8RdHAwyUH4KC/0"),
        // `low_level.hash_secret(…, version=16)`; `low_level.verify_secret` takes it without `v=` as well.
        ("Grüße, Zoë", "$argon2i$v=16$m=64,t=1,p=4$c29tZXNhbHQ$d4qCdYG3FMxiFbl8Y/aviw"),
        ("Grüße, Zoë", "$argon2i$m=64,t=1,p=4$c29tZXNhbHQ$d4qCdYG3FMxiFbl8Y/aviw"),
    ]);
    // passlib 1.7.4: `argon2.using(rounds=1, memory_cost=64, parallelism=1).hash(…)`.
    assert_verifies(&[(
        "Grüße, Zoë",
        "$argon2id$v=19$m=64,t=1,p=1$fO8do9RaK8W4NyZEyFmrFQ$bpOZE7YJuLMwlmuz6g3LKAF2IkyT8P6xUqZZAWh7fKc",
    )]);
}

#[test]
fn hashes_made_by_django_verify() {
    // Django 5.2.19: `Argon2PasswordHasher().encode(password, "seasalt88")`, with low costs and with its own.
    assert_verifies(&[
        ("password", "argon2$argon2id$v=19$m=64,t=1,p=2$c2Vhc2FsdDg4$5t+qjUImRPDe4/C8TYhXkBEBnk1/UZeAzBio4/pwfZM"),
        (LONG, "argon2$argon2id$v=19$m=64,t=1,p=2$c2Vhc2FsdDg4$kiWrEHdiD2rxV3z9QqNBVuntEPjdo5MuQXk616vaXAo"),
        (
            "Grüße, Zoë",
            "argon2$argon2id$v=19$m=102400,t=2,p=8$c2Vhc2FsdDg4$QeAPpGsQrWQCOC4NZZNVzakd4bnRbaBJsxUNh33ygJ4",
        ),
    ]);
}

#[test]
fn other_shapes_and_absurd_numbers_are_unknown() {
    let end = "c29tZXNhbHQ$d4qCdYG3FMxiFbl8Y/aviw";
    for params in [
        "m=0,t=1,p=1",
        "m=64,t=0,p=1",
        "m=64,t=1,p=0",
        "m=7,t=1,p=1",
        "m=64,t=1,p=9",
        "m=1048577,t=1,p=1",
        "m=1048576,t=17,p=1",
        "m=64,t=4294967295,p=1",
        "m=4294967295,t=4294967295,p=16777215",
        "t=1,m=64,p=1",
        "m=64,t=1",
        "m=64,t=1,p=1,keyid=AAAA",
        "m=64,t=1,p=1,data=AAAA",
        "",
    ] {
        assert_unknown(&[&format!("$argon2id$v=19${params}${end}")]);
    }
    assert_unknown(&[
        "$argon2id$v=19$m=64,t=1,p=1$c2FsdA$d4qCdYG3FMxiFbl8Y/aviw",
        "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ$d4o",
        "$argon2id$v=19$m=64,t=1,p=1$c29tZXNhbHQ",
        "$argon2id$v=18$m=64,t=1,p=1$c29tZXNhbHQ$d4qCdYG3FMxiFbl8Y/aviw",
        "$argon2$v=19$m=64,t=1,p=1$c29tZXNhbHQ$d4qCdYG3FMxiFbl8Y/aviw",
    ]);
    assert!(Argon2::parse(&format!("$argon2id$v=19$m=1048576,t=4,p=1${end}")).is_some(), "libsodium's highest");
}
