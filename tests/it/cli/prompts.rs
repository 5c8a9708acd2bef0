//! What is asked in a terminal.

use crate::support::{GOOD_PASSWORD, Server};

#[test]
fn a_password_is_asked_for_twice_and_never_shown() {
    let server = Server::empty();
    let mut terminal = server.in_terminal(&["user", "add", "zoe"]);
    terminal.answer_unseen("New password: ", GOOD_PASSWORD);
    terminal.answer_unseen("Repeat password: ", GOOD_PASSWORD);
    let (code, screen) = terminal.end();
    assert_eq!(code, 0, "{screen}");
    assert!(screen.contains("Added zoe.") && !screen.contains("horse"), "{screen}");
    assert_eq!(server.client().log_in("zoe", GOOD_PASSWORD).leads_to(), (303, "/"));
}

#[test]
fn two_passwords_that_differ_change_nothing() {
    let server = Server::seeded();
    let mut browser = server.signed_in("roy", "roy");
    let mut terminal = server.in_terminal(&["user", "set-password", "roy"]);
    terminal.answer_unseen("New password: ", GOOD_PASSWORD);
    terminal.answer_unseen("Repeat password: ", "incorrect horse");
    let (code, screen) = terminal.end();
    assert!(code == 1 && screen.contains("The two passwords differ. Nothing was changed."), "{screen}");
    assert!(!screen.contains("horse"), "{screen}");
    assert!(browser.is_signed_in());
}

#[test]
fn nobody_types_a_password_for_an_account_that_cannot_be() {
    let server = Server::prepare().and_seed();
    for (arguments, expected) in [
        (&["user", "add", "roy"][..], (4, "This username is taken.")),
        (&["user", "add", "R"], (2, "A username has 2 to 32 characters")),
        (&["user", "set-password", "nobody"], (3, "No user named \"nobody\".")),
    ] {
        let (code, screen) = server.in_terminal(arguments).end();
        assert!(code == expected.0 && screen.contains(expected.1), "{arguments:?}: {code} {screen}");
        assert!(!screen.contains("New password"), "{screen}");
    }
}

#[test]
fn a_password_is_judged_before_it_is_asked_for_again() {
    let server = Server::prepare().and_seed();
    for arguments in [["user", "add", "zoe"], ["user", "set-password", "roy"]] {
        let mut terminal = server.in_terminal(&arguments);
        terminal.answer_unseen("New password: ", "short");
        let (code, screen) = terminal.end();
        assert!(code == 1 && screen.contains("The password is too short: use at least 8 characters"), "{screen}");
        assert!(!screen.contains("Repeat"), "{screen}");
    }
}

#[test]
fn nobody_is_asked_about_an_account_that_has_to_stay() {
    let server = Server::prepare().and_seed();
    for (name, expected) in [("admin", (1, "This is the last admin")), ("nobody", (3, "No user named \"nobody\"."))] {
        let (code, screen) = server.in_terminal(&["user", "delete", name]).end();
        assert!(code == expected.0 && screen.contains(expected.1) && !screen.contains("for good"), "{screen}");
        let (code, said) = (server.cli(&["user", "delete", name]).code, "without a terminal too");
        assert_eq!(code, expected.0, "{said}");
    }
}

#[test]
fn a_removal_is_asked_about() {
    let server = Server::prepare().and_seed();
    for answer in ["", "y", "yes", "admin"] {
        let mut terminal = server.in_terminal(&["user", "delete", "roy"]);
        terminal.answer("Delete roy for good? Type the username to confirm: ", answer);
        let (code, screen) = terminal.end();
        assert!(code == 1 && screen.contains("Nothing was deleted"), "{answer:?}: {screen}");
    }
    assert_eq!(server.cli(&["user", "show", "roy"]).code, 0);
    let mut terminal = server.in_terminal(&["user", "delete", "ROY"]);
    terminal.answer("Delete roy for good? Type the username to confirm: ", "roy");
    let (code, screen) = terminal.end();
    assert!(code == 0 && screen.contains("Deleted roy."), "{screen}");
    assert_eq!(server.cli(&["user", "show", "roy"]).code, 3);
}
