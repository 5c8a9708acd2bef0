//! What other programs made with bcrypt.

use super::super::bcrypt::Bcrypt;
use super::{LONG, assert_unknown, assert_verifies};

#[test]
fn plain_hashes_verify() {
    // bcrypt 4.3.0: `bcrypt.hashpw(password, bcrypt.gensalt(4, prefix))`, the last one of cost 5.
    assert_verifies(&[
        ("password", "$2b$04$cg4QMjJmjCDo1RpgssXmheWcJnpMOjDLD3/iF9VfM4HtYT135kFQi"),
        ("Grüße, Zoë", "$2b$04$mE58.goEDGfpbfPTUtSI2OK7Ct4aNK3TvakjtshVG4tQ2KHaFo28q"),
        ("Grüße, Zoë", "$2a$04$lWSaM9ExZhUw7XtgCohzQeScyQRG9YcyHj2qNYGQdtSUvFul71k0."),
        ("Grüße, Zoë", "$2b$05$aCQEV55aOq.hfztGPUoa/O4gOobdSYSKJcma4bHUN19nEQkpcCIdi"),
    ]);
    // passlib 1.7.4: `bcrypt.using(rounds=4, ident="2y").hash(…)`.
    assert_verifies(&[("Grüße, Zoë", "$2y$04$h1tJkd5mmxJL1.SUIebcD.wEPgcEyYg1l.kHjvhFnOfRHh25ae2E2")]);
    // glibc's crypt(3) by libxcrypt, with a salt whose last letter says more than 16 bytes hold.
    assert_verifies(&[
        ("password", "$2b$04$saltsaltsaltsaltsaltsOh9rCgsOi8IYqmtEm1s6duinLpzU3Bba"),
        ("password", "$2b$04$saltsaltsaltsaltsaltsah9rCgsOi8IYqmtEm1s6duinLpzU3Bba"),
    ]);
    // Django 5.2.19: `BCryptPasswordHasher().encode(…)`.
    assert_verifies(&[
        ("password", "bcrypt$$2b$04$K83ELtsInMR35J00c9VgNOQBL1zqNchWhtizZjJN8VlJtzGFZ8OiK"),
        ("Grüße, Zoë", "bcrypt$$2b$04$GvuB3FdvQPOSPLb9QHpfFenW7xAeXiODqp2eEHnuic4yd6swK3N7u"),
        (LONG, "bcrypt$$2b$04$tljUHsrXn1Yv6NphGtf53uKgq5WFFaAQnROaD0DY0WbOJi1btXg6O"),
    ]);
}

#[test]
fn hashes_behind_sha256_verify_to_the_last_byte() {
    let vectors = [
        // passlib 1.7.4: `bcrypt_sha256.using(rounds=4, version=1).hash(…)`, the last with `ident="2a"`.
        ("password", "$bcrypt-sha256$2b,4$wD9NENvdIcoFCu8W7NBCJe$ZB5CKBwMIzC/pocy/q087n2R2.V9OZ6"),
        (LONG, "$bcrypt-sha256$2b,4$XaHHBhF7x4a4NvylW1ci9e$RFNmxf8hpsuT5AQKQWpy8QN88trL9.."),
        ("x\0y", "$bcrypt-sha256$2b,4$NKSnbPxjCDPzO.5Q5nURmu$U7UOD57bTqFb3mz7VyXDyikTAdYFMAe"),
        ("Grüße, Zoë", "$bcrypt-sha256$2a,4$z5Sj5pIIaTvNhgCOcx15pe$YcFzs7OFmh9N0dOzouQhLOGuJcl3GsS"),
        // Django 5.2.19: `BCryptSHA256PasswordHasher().encode(…)`.
        ("Grüße, Zoë", "bcrypt_sha256$$2b$04$6pmAL1N002utPwgW5FhD.udR7xT97fYv7MKwXR036HRmgjhH1awry"),
        (LONG, "bcrypt_sha256$$2b$04$XLbHh4alFN32P8gV.LlLrOq9Ut6Fqx8MMQBbL64RtzubYWm/Oxffu"),
    ];
    let wordpress = [
        // PHP 8.2: what `wp_hash_password` of WordPress 6.8 does, with `'cost' => 4`
        ("Grüße, Zoë", "$wp$2y$04$wWQkS9x.xnnc24XHvdBgr.Gn3ZBqKmAoa6t9k1OSmD1YUuVAhgque"),
        (LONG, "$wp$2y$04$vGEzbriUzfB/rlMe8b.KueUqnfFQSUdHwztPgapU4xwUrxLnzXJk2"),
    ];
    let vectors = [vectors.as_slice(), &wordpress].concat();
    assert_verifies(&vectors);
    for (password, hash) in vectors {
        assert!(!Bcrypt::parse(hash).unwrap().matches(&format!("{password}x")), "{hash}");
    }
}

#[test]
fn what_wordpress_changes_in_a_password_is_tried_as_well() {
    let matches = |password: &str, hash: &str| Bcrypt::parse(hash).unwrap().matches(password);
    // `wp_hash_password` as above, of `addslashes("it's \"new\"")`, of that without slashes, and of "  between spaces\t".
    let slashed = "$wp$2y$04$ThZ6ioaEERGYBjkdkNu.xONDmF31hzsKNAqg1X0dNwXd/LgnrN1wi";
    let plain = "$wp$2y$04$gwVpUxF6mINnWVlaKwfPM.GbfqMluAMX68d.BSzqgOU3SVnOUGELu";
    let trimmed = "$wp$2y$04$r7sgtit3rZUT3L9od5kcueNAPMQeJozr1tSslW7J9HjtYNViKBwNy";
    assert!(matches("it's \"new\"", slashed) && matches("it's \"new\"", plain));
    assert!(!matches("its new", slashed) && !matches("its new", plain));
    assert!(matches("between spaces", trimmed) && matches("  between spaces\t", trimmed));
    assert!(!matches("betweenspaces", trimmed));
}

#[test]
fn a_long_password_is_cut_where_the_original_libraries_cut_it() {
    // bcrypt 4.3.0 and passlib 1.7.4.
    let vectors = [
        (LONG, "$2b$04$VFtcY/hEVHuKXpo4us60Yeqo3ooCwxKIbfItVbe6ZZNABsxKojE6W"),
        (LONG, "$2a$04$cnOBVjT2pH7WKMV5xKL6/OnAV28jrsPPyMz6KlftehRx0zpTY4UVy"),
        (&"ä".repeat(150), "$2b$04$4ib8p2vnJ6JB3JvIpzkaNe3VzBROb8prVr20RbYEzy3yaE0tSoMsS"),
        (&format!("{}tail", "x".repeat(72)), "$2b$04$grtt17MQXX.POd63Kletzuk8hs.FP7hZ5R5F68DaSggf76Ps1IQ6K"),
    ];
    for (password, hash) in vectors {
        let stored = Bcrypt::parse(hash).unwrap();
        assert!(stored.matches(password), "{hash}");
        assert!(stored.matches(&format!("{password}, and more")), "{hash}");
        assert!(!stored.matches(&password[..70]), "{hash}");
    }
}

#[test]
fn nul_is_refused_where_bcrypt_would_see_it() {
    // bcrypt 4.3.0: `bcrypt.hashpw(b"ab\0cd", bcrypt.gensalt(4))`.
    let stored = Bcrypt::parse("$2b$04$OKUOZDv3SAy7ANUboHbOU.PYUkzHpS2ERCNyqNk2DxvhGr3r270s.").unwrap();
    assert!(!stored.matches("ab\0cd"));
    // The key of bcrypt goes round: without the refusal this would be "password".
    let stored = Bcrypt::parse("$2b$04$cg4QMjJmjCDo1RpgssXmheWcJnpMOjDLD3/iF9VfM4HtYT135kFQi").unwrap();
    assert!(!stored.matches("password\0password"));
}

#[test]
fn other_shapes_and_absurd_costs_are_unknown() {
    assert_unknown(&[
        "$2x$04$cg4QMjJmjCDo1RpgssXmheWcJnpMOjDLD3/iF9VfM4HtYT135kFQi",
        "$2b$00$cg4QMjJmjCDo1RpgssXmheWcJnpMOjDLD3/iF9VfM4HtYT135kFQi",
        "$2b$03$cg4QMjJmjCDo1RpgssXmheWcJnpMOjDLD3/iF9VfM4HtYT135kFQi",
        "$2b$17$cg4QMjJmjCDo1RpgssXmheWcJnpMOjDLD3/iF9VfM4HtYT135kFQi",
        "$2b$20$cg4QMjJmjCDo1RpgssXmheWcJnpMOjDLD3/iF9VfM4HtYT135kFQi",
        "$2b$31$cg4QMjJmjCDo1RpgssXmheWcJnpMOjDLD3/iF9VfM4HtYT135kFQi",
        "$2b$04$cg4QMjJmjCDo1RpgssXmheWcJnpMOjDLD3/iF9VfM4HtYT135kFQ",
        "$2b$04$cg4QMjJmjCDo1RpgssXmheWcJnpMOjDLD3/iF9VfM4HtYT135kFQi2",
        "$2b$04$cg4QMjJmjCDo1RpgssXmh",
        "$bcrypt-sha256$2y,4$wD9NENvdIcoFCu8W7NBCJe$ZB5CKBwMIzC/pocy/q087n2R2.V9OZ6",
        "$bcrypt-sha256$2b,31$wD9NENvdIcoFCu8W7NBCJe$ZB5CKBwMIzC/pocy/q087n2R2.V9OZ6",
        "bcrypt$04$cg4QMjJmjCDo1RpgssXmheWcJnpMOjDLD3/iF9VfM4HtYT135kFQi",
    ]);
}
