//! Acts on one account at the same time: one outcome, and nobody is told that the server is out of order.

use crate::support::{Client, GOOD_PASSWORD, Server};

/// Sends the form of the deletion as this browser.
fn delete(mut browser: Client, token: &str, password: &str) -> u16 {
    browser.post("/account/delete", &[("csrf", token), ("password", password)]).status
}

#[test]
fn two_deletions_at_once_are_one() {
    for days in ["0", "7"] {
        let server = Server::prepare().with("VESTIBULE_ACCOUNT_DELETION_DAYS", days).and_seed().and_start();
        for round in 0..5 {
            let name = format!("user{round}");
            server.add_user(&name);
            let mut browser = server.signed_in(&name, GOOD_PASSWORD);
            let token = browser.csrf();
            let statuses: Vec<u16> = std::thread::scope(|scope| {
                let both = [(); 2].map(|()| scope.spawn(|| delete(browser.clone(), &token, GOOD_PASSWORD)));
                both.into_iter().map(|one| one.join().unwrap()).collect()
            });
            // Whoever comes second is a stranger by then, or finds the account changed.
            assert!(statuses.iter().all(|status| [303, 422].contains(status)), "{statuses:?}");
            let event = if days == "0" { "user.deleted" } else { "user.deletion_requested" };
            let recorded = format!("SELECT count(*) FROM audit_events WHERE event = '{event}'");
            assert_eq!(server.sql(&recorded), [(round + 1).to_string()], "{days} days: once");
        }
        assert_eq!(server.sessions(), 0);
    }
}

#[test]
fn two_admins_who_leave_at_once_do_not_both_go() {
    for round in 0..3 {
        let server = Server::seeded();
        server.add_user_with("boss", &["--role", "admin"]);
        let (mut admin, mut boss) = (server.admin(), server.signed_in("boss", GOOD_PASSWORD));
        let (of_admin, of_boss) = (admin.csrf(), boss.csrf());
        let mut statuses = std::thread::scope(|scope| {
            let one = scope.spawn(|| delete(admin.clone(), &of_admin, "password"));
            let other = scope.spawn(|| delete(boss.clone(), &of_boss, GOOD_PASSWORD));
            [one.join().unwrap(), other.join().unwrap()]
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409], "round {round}");
    }
}

#[test]
fn a_deletion_beside_a_login_ends_it_or_is_cancelled_by_it() {
    let server = Server::seeded();
    for round in 0..8 {
        let name = format!("user{round}");
        server.add_user(&name);
        let mut browser = server.signed_in(&name, GOOD_PASSWORD);
        let (token, mut newcomer) = (browser.csrf(), server.client().browsing());
        let (deleted, logged_in) = std::thread::scope(|scope| {
            let deletion = scope.spawn(|| delete(browser.clone(), &token, GOOD_PASSWORD));
            let login = scope.spawn(|| newcomer.log_in(&name, GOOD_PASSWORD).status);
            (deletion.join().unwrap(), login.join().unwrap())
        });
        assert_eq!((deleted, logged_in), (303, 303));
        let of = |column: &str| {
            format!("SELECT {column} FROM users LEFT JOIN sessions ON users.id = user_id WHERE username = '{name}'")
        };
        let is_leaving = server.sql(&of("users.deletes_at IS NOT NULL"));
        let sessions = server.sql(&of("count(sessions.id)"));
        assert_eq!(
            is_leaving[0] == "1",
            sessions == ["0"],
            "it leaves without logins, or stays with one: {sessions:?}"
        );
        assert_eq!(newcomer.is_signed_in(), is_leaving[0] == "0");
    }
}
