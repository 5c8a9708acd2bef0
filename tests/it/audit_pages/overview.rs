//! `/admin`: what there is to see first.

use crate::support::Server;

#[test]
fn logins_failures_and_who_waits_are_there_as_pictures_and_as_words() {
    let server = Server::seeded();
    server.client().log_in("roy", "roy");
    for _ in 0..3 {
        server.client().log_in("roy", "wrong");
    }
    let mut admin = server.admin();
    let quiet = admin.get("/admin");
    assert!(quiet.says("Nobody waits.") && quiet.says("No mail is sent"), "{}", quiet.body);
    let row = |logins: u32, failures: u32| format!("<td>{logins}</td><td>{failures}</td>");
    assert!(quiet.says(&row(2, 3)), "{}", quiet.body);
    assert_eq!(quiet.body.matches("<tr><th scope=\"row\">").count(), 30);
    assert_eq!(quiet.body.matches("<rect ").count(), 2, "today, in each picture");
    assert!(quiet.says(": 2</title>") && quiet.says(": 3</title>"));
    assert!(quiet.says(&format!("Vestibule {}", env!("CARGO_PKG_VERSION"))));
    assert!(!quiet.body.contains("style="), "the policy allows none");

    for number in 1..=7 {
        server.add_user(&format!("new{number}"));
    }
    server.execute("UPDATE users SET waits_for = 'approval' WHERE username LIKE 'new%'");
    let page = admin.get("/admin");
    assert!(page.says("7 accounts:") && page.says("new1") && page.says("new5") && page.says("and more"));
    assert!(!page.says("new6"), "only a few are named");
    let id = server.sql("SELECT id FROM users WHERE username = 'new1'").remove(0);
    assert!(
        page.says(&format!("<a class=\"table-link\" href=\"/admin/users/{id}\">")),
        "each leads to its page: {}",
        page.body
    );
}

#[test]
fn days_that_are_over_come_from_their_counts() {
    let server = Server::seeded();
    let yesterday = chrono::Utc::now().date_naive().pred_opt().unwrap();
    server.execute(&format!("DELETE FROM login_counts WHERE day = '{yesterday}'"));
    server.execute(&format!("INSERT INTO login_counts (day, logins) VALUES ('{yesterday}', 1234567)"));
    server.execute(&format!(
        "INSERT INTO refusal_counts (day, event, about_account, recorded, unrecorded) \
         VALUES ('{yesterday}', 'login.throttled', FALSE, 1, 999)"
    ));
    let page = server.admin().get("/admin");
    assert!(page.says("<td>1,234,567</td><td>1,000</td>"), "{}", page.body);
    assert!(page.says(": 1,234,567</title>") && page.says(": 1,234,567.") && page.says("1,234,568</span> in 30 days"));
}

#[test]
fn home_writes_numbers_as_people_read_them() {
    let server = Server::seeded();
    server.execute("DELETE FROM todos");
    server.execute(
        "INSERT INTO todos (id, user_id, title, description, done, due, created_at, updated_at) \
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1234) \
         SELECT 'x' || i, users.id, 'Todo', '', FALSE, '2020-01-31', '2020-01-01 00:00:00', '2020-01-01 00:00:00' \
         FROM n, users WHERE username = 'roy'",
    );
    let home = server.signed_in("roy", "roy").get("/");
    assert!(home.says("1,234 open, ") && home.says("1,234 overdue"), "{}", home.body);
}

#[test]
fn mail_that_waits_or_was_given_up_is_counted_and_what_is_odd_is_told() {
    let server = Server::prepare().with("VESTIBULE_MAIL_TRANSPORT", "log").and_seed();
    let later = server.time("+10 minutes");
    for (number, next) in [(1, later.as_str()), (2, &later), (3, "NULL")] {
        let given_up = if next == "NULL" { later.as_str() } else { "NULL" };
        server.execute(&format!(
            "INSERT INTO mail_queue (id, kind, recipient, letter, created_at, next_try_at, give_up_at, given_up_at, tries) \
             VALUES ('m{number}', 'test', 'a@b.example', 'x', '2026-02-0{number} 10:00:00', {next}, {later}, {given_up}, 1)"
        ));
    }
    let server = server.and_start();
    let page = server.admin().get("/admin");
    assert!(page.says("<dt>Waiting</dt><dd>2</dd>"), "{}", page.body);
    assert!(page.says("datetime=\"2026-02-01T10:00:00Z\""), "the oldest of those that wait");
    assert!(page.says("<dt>Given up</dt><dd><span class=\"overdue\">1</span></dd>"));
    assert!(page.says("mail is written to the log and not sent"), "a note of the check");
    assert!(page.says("bcrypt_cost is below 10"), "another");
}
