//! Stored hashes that can't be verified: the operator is told, and whoever tries to log in learns nothing.

use serde_json::Value;

use crate::support::Server;

/// Hashes of `roy`, with what is wrong with each.
const UNVERIFIABLE: &[(&str, &str)] = &[
    (
        "too much work to check (Vestibule bcrypt-SHA256)",
        "$bcrypt-sha256$v=2,t=2b,r=17$g/g4FmLsrfJ.1v4czGDDxu$MtCU0gtfXFyDNjUhiZ2fJbReGV0fL.e",
    ),
    ("too much work to check (bcrypt)", "$2b$17$cg4QMjJmjCDo1RpgssXmheWcJnpMOjDLD3/iF9VfM4HtYT135kFQi"),
    (
        "damaged or cut short (Vestibule bcrypt-SHA256)",
        "$bcrypt-sha256$v=2,t=2b,r=4$g/g4FmLsrfJ.1v4czGDDxu$MtCU0gtfXFyDNjUhiZ2fJbReGV0fL.",
    ),
    ("of an unknown kind", "sha224$seasalt$cff36ea83f5706ce9aa7454e63e431fc726b2dc8"),
    ("unsalted MD5", "5f4dcc3b5aa765d61d8327deb882cf99"),
    // No password, by decision of another program.
    ("of an unknown kind", "!"),
];

#[test]
fn they_are_counted_at_the_start_and_told_by_account() {
    let server = Server::prepare().and_seed();
    for (number, (_, hash)) in UNVERIFIABLE.iter().enumerate() {
        server.add_user(&format!("user{number}"));
        server.execute(&format!("UPDATE users SET password_hash = '{hash}' WHERE username = 'user{number}'"));
    }
    server.execute("UPDATE users SET password_hash = NULL WHERE username = 'python'");
    let server = server.and_start();
    let said = "unsalted, or too much work to check: 6 (user0, user1, user2, …). `vestibule user show NAME` says which";
    assert_eq!(server.stderr().matches(said).count(), 1, "{}", server.stderr());

    let show = |name: &str| {
        let table = server.cli(&["user", "show", name]).stdout;
        let password = table.lines().find(|line| line.starts_with("password ")).unwrap().to_owned();
        let json: Value = serde_json::from_str(&server.cli(&["user", "show", name, "--json"]).stdout).unwrap();
        (password, json["has_password"].clone(), json["password_usable"].clone())
    };
    for (number, (what, _)) in UNVERIFIABLE.iter().enumerate() {
        let (password, has, usable) = show(&format!("user{number}"));
        let said = format!("can't be verified ({what}): use `user set-password`");
        assert_eq!(password, format!("password  {said}"));
        assert_eq!((has, usable), (true.into(), false.into()), "{what}");
        let login = server.client().json().log_in(&format!("user{number}"), crate::support::GOOD_PASSWORD);
        assert_eq!(login.json()["message"], "Wrong username or password", "{what}");
    }
    assert_eq!(show("roy"), ("password  set".into(), true.into(), true.into()));
    server.execute("UPDATE users SET password_hash = '$apr1$saltsalt$J7MyoRReCRWsXbnPiUZ6L1' WHERE username = 'roy'");
    let foreign = "password  set (Apache MD5 crypt, until the next login)";
    assert_eq!(show("roy"), (foreign.into(), true.into(), true.into()));
    assert_eq!(show("python"), ("password  none".into(), false.into(), false.into()));

    assert_eq!(server.cli(&["user", "set-password", "user0", "--random"]).code, 0);
    assert_eq!(show("user0").2, true);
}

#[test]
fn where_all_can_be_verified_nothing_is_said() {
    let server = Server::prepare().and_seed();
    let werkzeug = "pbkdf2:sha256:150000$k1Ud5dzh$d0347f416e89ea486b33c988c9be65730329b2dd6d712f73c9920103a006a82e";
    server.execute(&format!("UPDATE users SET password_hash = '{werkzeug}' WHERE username = 'roy'"));
    let server = server.and_start();
    assert!(!server.stderr().contains("that nobody can log in to"), "{}", server.stderr());
}
