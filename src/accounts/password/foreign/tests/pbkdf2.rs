//! What other programs made with PBKDF2.

use super::{LONG, assert_unknown, assert_verifies};

#[test]
fn hashes_made_by_werkzeug_verify() {
    // Werkzeug 3.1.9: `generate_password_hash(password, "pbkdf2:sha256:10")` and so on.
    assert_verifies(&[
        ("password", "pbkdf2:sha1:1$evEuFmaSPj0vCWFN$c9981c7cf418f038da7af8e63f66f2c0e31bfe9f"),
        ("Grüße, Zoë", "pbkdf2:sha1:1$TKKn4oLfdSiWdFQd$22a4118ea9bc2262907df0ce0fa41071646e2969"),
        (
            "Grüße, Zoë",
            "pbkdf2:sha256:10$VNRoGhitz14OUjOh$d77da598d166bfe617b08cc45de8eaa24239e91ad825614643b8291e28451091",
        ),
        (LONG, "pbkdf2:sha256:10$ePu3eqxR1UXTrIR3$23a8d795447539c178fbc4108f761ac5e8b8de4238289d47407c96153614a030"),
        (
            LONG,
            "pbkdf2:sha512:3$Z3gPX30ktvNLypc5$d9bf4df8b27bf37927cc7b09fad3579dbb44b42f3353c208a9a6df33c599d8f591c37421d3fec45734d7fd78b8ec7b6b5d9a387c7d5e7da2c0df188018cda5a5",
        ),
        // `_hash_internal("pbkdf2:sha256:10", "", password)`: an empty salt.
        ("Grüße, Zoë", "pbkdf2:sha256:10$$e6d557112ce8fee6d01e88ba8d914559dbe824995fa3bab4dee10e415e0b3bca"),
    ]);
}

#[test]
fn hashes_made_by_passlib_verify() {
    // passlib 1.7.4: `pbkdf2_sha256.using(rounds=10).hash(…)`; then an empty salt, and one that is all dots.
    assert_verifies(&[
        ("password", "$pbkdf2-sha256$10$rnWOEUJISWmNcS6ldM7Z.w$X3RAaYyQ/6VZ.Jdfr37van5qqSGZYpw/5QkTDWqCdAE"),
        (LONG, "$pbkdf2-sha256$10$PMc4h7CW8r63FuI855wTAg$DLUsnBvqAm4SPp.k495FHJFys0/51LFj5hmn3XAGx2o"),
        (
            "Grüße, Zoë",
            "$pbkdf2-sha512$10$1JozRmiNMYZwTqn1vlcKIQ$s/n1WTFsTozyhlut8H8BTJZptTtrcb0aDlPOZfRZ2E8MGwYx3xHa5KCJ9qHj29b0BGD.keY15CAFtd2Z9lfKkA",
        ),
        // `pbkdf2_sha1.using(rounds=10).hash(…)`
        ("Grüße, Zoë", "$pbkdf2$10$lfIeo5SytnYuhbA2BgCgdA$QQOOlk7fvQi0FmpHOIUSMydTjwk"),
        (LONG, "$pbkdf2$10$ytl7T2ktZQyBkLI25pzzXg$d0Kt9dUAhymKsMggEKfRGFrH7gs"),
        ("Grüße, Zoë", "$pbkdf2-sha256$1$$Jf3Aci73B7/plVvcpq2dFIJUquwmEpPbMsMrH0HA/.o"),
        (
            "Grüße, Zoë",
            "$pbkdf2-sha512$1$....//8$TPRGkGGGQOQIbq00t14Au3WfLVBDUWQy1TOmNnyAHV/h2X6.1LTkWnv25u5eevteYQvgNA5n5afCAHX3ot/uuQ",
        ),
    ]);
}

#[test]
fn hashes_made_by_django_verify() {
    // Django 5.2.19: `PBKDF2PasswordHasher().encode(password, "seasalt", 10)` and its SHA-1 sister.
    assert_verifies(&[
        ("password", "pbkdf2_sha256$10$seasalt$5rmNRFiRuUP33Ej2pkHvsHJP9Yky6yHqLYGPG7nFNEE="),
        ("Grüße, Zoë", "pbkdf2_sha256$10$seasalt$8bpy3DPhpkp/rERlz6WF3hqRCrcSz/ZqgbHp+0CEcYQ="),
        ("Grüße, Zoë", "pbkdf2_sha1$10$seasalt$hk4qSKcowEkrd+L0cmPDD+ionMg="),
        (LONG, "pbkdf2_sha1$10$seasalt$UWU95X/+sRJr63cpbNxsHyGAonI="),
    ]);
}

#[test]
fn other_shapes_and_absurd_numbers_are_unknown() {
    let hex = "36c0002f52e0976a768428ce4b342ae834117100c80a473e54fbe8d1b4d8bd17";
    for method in ["sha256:0", "sha256:10000001", "sha256:4294967297", "sha256:", "sha256:-1", "md5:5", "", "sha1:5"] {
        assert_unknown(&[&format!("pbkdf2:{method}$salt${hex}")]);
    }
    assert_unknown(&[
        "pbkdf2:sha256:10$salt",
        "pbkdf2:sha256:10$salt$",
        &format!("pbkdf2:sha256:10$salt${hex}00"),
        &format!("pbkdf2:sha256:10$sa$lt${hex}"),
        "pbkdf2_sha256$10$seasalt$5rmNRFiRuUP33Ej2pkHvsHJP9Yky6yHqLYGPG7nF",
        "$pbkdf2-sha256$0$$Jf3Aci73B7/plVvcpq2dFIJUquwmEpPbMsMrH0HA/.o",
        "$pbkdf2-sha256$1$!$Jf3Aci73B7/plVvcpq2dFIJUquwmEpPbMsMrH0HA/.o",
    ]);
}
