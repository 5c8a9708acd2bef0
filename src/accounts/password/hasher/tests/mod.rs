//! Whether the work of a failed check is the same, whatever is stored.

use super::*;

/// A hash of each format, cheaper than a new one of [`COST`]. None is of a password that is tried here.
const STORED: &[&str] = &[
    "$bcrypt-sha256$v=2,t=2b,r=4$g/g4FmLsrfJ.1v4czGDDxu$MtCU0gtfXFyDNjUhiZ2fJbReGV0fL.e",
    "$wp$2y$04$wWQkS9x.xnnc24XHvdBgr.Gn3ZBqKmAoa6t9k1OSmD1YUuVAhgque",
    "$wp$2y$07$wWQkS9x.xnnc24XHvdBgr.Gn3ZBqKmAoa6t9k1OSmD1YUuVAhgque",
    "$bcrypt-sha256-of-md5$v=2,t=2b,r=6$g/g4FmLsrfJ.1v4czGDDxu$MtCU0gtfXFyDNjUhiZ2fJbReGV0fL.e",
    "pbkdf2:sha1:9000$TKKn4oLfdSiWdFQd$22a4118ea9bc2262907df0ce0fa41071646e2969",
    "scrypt:256:8:2$3TzGWCEGLin7g778$1058906085a96078cae15b5af71e7a520f6d7d54cdfe1148af42dff81bad933518efe8556444fee46692f03390120c06d46482e29f4fe4e857be458b343adb5d",
    "$argon2id$v=19$m=640,t=2,p=1$ZjcYfEbydCXaDhqZJ4OxjQ$YeR+Qg8yhmPAiz6WND2QYAeYleUXb+P49UP0xZxSajo",
    "$5$rounds=60000$XbxHb0mUinJXsc2p$331HPidg/bFlk3dh3ioxpRhq3pnXOVdUQouVK3lVz.4",
    "$P$5WuJyqqZhcuIyph3whK30XVakqLjzG.",
    "$P$GWuJyqqZhcuIyph3whK30XVakqLjzG.",
    "$apr1$saltsalt$J7MyoRReCRWsXbnPiUZ6L1",
    "{SSHA}pkdSu3EP0S/55FFN8rmiPjt+m7BTL0xN",
    "sha1$khrpERey$24dd67f5ac8d295a9a1fbfcf2a09554919d83de5",
    "5f4dcc3b5aa765d61d8327deb882cf99",
    "!",
];

/// About a hundredth of a second.
const COST: u32 = 7;

/// How long the processor works on a failed check, at its quickest of three.
fn work(dearest: &Dearest, password: &Password, stored: Option<&str>) -> f64 {
    let once = || {
        let (found, time) = timed(|| look(password, stored, COST, dearest));
        assert!(!found.right, "{stored:?}");
        time
    };
    (0..3).map(|_| once()).min().unwrap().as_secs_f64()
}

#[test]
fn a_failed_try_is_as_much_work_as_for_nobody_whatever_is_stored_and_typed() {
    let typed = ["not the password", "it's \"not\" the password", "nai\u{308}ve", &"x".repeat(250)];
    for stored in STORED {
        let dearest = Dearest::new(COST);
        for password in typed.map(Password::typed) {
            dearest.full_with(stored, password.longest());
            let (known, nobody) = (work(&dearest, &password, Some(stored)), work(&dearest, &password, None));
            let ratio = known / nobody;
            assert!(
                (0.75..1.33).contains(&ratio),
                "{ratio:.2} times that of nobody, of {}: {stored}",
                password.as_str()
            );
        }
    }
}

#[test]
fn a_right_password_is_not_topped_up_and_replaces_the_hash() {
    let dearest = Dearest::new(COST);
    let right = |text: &str, stored: &str| look(&Password::typed(text), Some(stored), COST, &dearest);
    for stored in ["$apr1$saltsalt$J7MyoRReCRWsXbnPiUZ6L1", "{SSHA}pkdSu3EP0S/55FFN8rmiPjt+m7BTL0xN"] {
        // What is measured once is not part of it.
        dearest.full_with(stored, "");
        let (found, time) = timed(|| right("Grüße, Zoë", stored));
        assert!(found.right && found.outdated, "{stored}");
        assert!(time < timed(|| bcrypt_sha256::spend(COST)).1, "{time:?}: {stored}");
    }
}

#[test]
fn a_stray_space_that_wordpress_would_have_trimmed_does_not_become_part_of_the_password() {
    let dearest = Dearest::new(COST);
    // By PHP 8.2, as in `foreign::tests`.
    for (password, stored) in [
        ("between spaces", "$wp$2y$04$r7sgtit3rZUT3L9od5kcueNAPMQeJozr1tSslW7J9HjtYNViKBwNy"),
        ("trimmed", "$P$BB0dFM6A89nQ4o0J1XnobXHGkq8s5u/"),
    ] {
        for (typed, is_replaced) in [(format!("{password} "), false), (password.to_owned(), true)] {
            let found = look(&Password::typed(&typed), Some(stored), COST, &dearest);
            assert_eq!((found.right, found.outdated), (true, is_replaced), "{typed:?}: {stored}");
        }
    }
}
