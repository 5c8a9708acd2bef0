//! The conversation of the third system that Vestibule replaces: a login web app with templates.

use crate::import::moving_in::command;
use crate::support::Server;

#[test]
fn seed_002_a_login_web_app_with_templates() {
    let server = Server::seeded();
    let mut browser = server.client().browsing();

    let stranger = browser.get("/");
    assert_eq!(stranger.leads_to(), (303, "/login"), "GET / shows the login form when logged out");
    let form = browser.get("/login");
    assert_eq!(form.status, 200, "/login can be opened by GET");
    assert!(form.body.contains("<form") && form.body.contains("style.css"));

    let wrong = browser.log_in("admin", "letmein");
    assert_eq!(wrong.leads_to(), (303, "/login"));
    let again = browser.get("/login");
    assert!(again.says("Wrong username/email or password"), "the flash message");
    assert!(again.body.contains(r#"value="admin""#), "the name is kept");

    for (username, password, name) in
        [("admin", "password", "Admin"), ("python", "python", "Python"), ("jumpiness", "python", "Jumpiness")]
    {
        let right = browser.log_in(username, password);
        assert_eq!(right.leads_to(), (303, "/"), "POST, redirect, GET");
        let home = browser.get("/");
        assert!(home.says(&format!("Hello, {name}!")));
        assert!(home.body.contains(r#"href="/logout""#), "a logout link");
        assert_eq!(browser.get("/logout").leads_to(), (303, "/login"));
        assert!(browser.get("/login").says("You’re logged out."));
        assert_eq!(browser.get("/").leads_to(), (303, "/login"));
    }

    let page = browser.get("/signup");
    assert!(page.status == 403 && page.says("Sign-up is closed"), "whoever wants nobody else has it closed");
    let open = Server::open_to_all();
    let mut browser = open.client().browsing();
    assert!(browser.get("/login").says(r#"href="/signup""#), "else one signs up on a page");
    assert_eq!(browser.sign_up_as("zoe").leads_to(), (303, "/"));
    assert!(browser.get("/").says("Hello, zoe!"));
    let asking = Server::prepare().and_open().with("VESTIBULE_CAPTCHA", "always").and_start();
    let page = asking.client().get("/signup");
    assert!(page.body.contains("captcha-picture") && page.body.contains("<audio"), "a captcha");
    assert_eq!(asking.client().sign_up_as("zoe").status, 422, "which nobody passes without reading it");
    let guessed = Server::prepare().with("VESTIBULE_CAPTCHA_AFTER_FAILED_LOGINS", "1").and_seed().and_start();
    guessed.client().log_in("admin", "123456");
    assert!(guessed.client().get("/login").asks_for_captcha(), "and one against brute force");
    let weak = open.client().sign_up(&[("username", "ben"), ("password", "ben")]);
    assert!(weak.status == 422 && weak.says("The password is too short"), "there are password requirements");

    let hashes = server.sql("SELECT password_hash FROM users");
    assert!(hashes.iter().all(|hash| hash.starts_with("$bcrypt-sha256$v=2,t=2b,r=4$")), "no plain text: {hashes:?}");
    let failures = server.sql("SELECT count(*) FROM audit_events WHERE event = 'login.failed'");
    assert_eq!(failures, ["1"], "failed attempts are logged");
}

#[test]
fn seed_002_its_users_move_in_and_none_of_their_passwords_is_plain_text_any_more() {
    let server = Server::empty();
    server.database(
        "database.db",
        "CREATE TABLE users (id INTEGER PRIMARY KEY, username TEXT, password TEXT);
         INSERT INTO users (username, password)
            VALUES ('admin', 'password'), ('python', 'python'), ('jumpiness', 'python')",
    );
    server.shell(&command("From the tutorials", "database.db"));
    for (name, password) in [("admin", "password"), ("python", "python"), ("jumpiness", "python")] {
        let mut browser = server.client().browsing();
        assert_eq!(browser.log_in(name, password).leads_to(), (303, "/"));
        assert!(browser.get("/").says(&format!("Hello, {name}!")));
    }
    let hashes = server.sql("SELECT password_hash FROM users");
    assert!(hashes.iter().all(|hash| hash.starts_with("$bcrypt-sha256$v=2,t=2b,r=4$")), "{hashes:?}");
}
