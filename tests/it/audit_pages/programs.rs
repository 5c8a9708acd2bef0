//! The overview and the settings in force, for programs and on the command line: the same as on the pages.

use serde_json::{Value, json};

use crate::support::{GOOD_PASSWORD, Server};

#[test]
fn the_overview_is_told_to_programs_of_admins_and_on_the_command_line() {
    let server = Server::prepare().with("VESTIBULE_MAIL_TRANSPORT", "log").and_seed();
    let (later, written) = (server.time("+10 minutes"), "2026-02-01 10:00:00");
    server.execute(&format!(
        "INSERT INTO mail_queue (id, kind, recipient, letter, created_at, next_try_at, give_up_at, given_up_at, tries) \
         VALUES ('m1', 'test', 'a@b.example', 'x', '{written}', {later}, {later}, NULL, 1), \
         ('m2', 'test', 'a@b.example', 'x', '{written}', NULL, {later}, {later}, 1)"
    ));
    let server = server.and_start();
    for number in 1..=6 {
        server.add_user(&format!("new{number}"));
    }
    server.execute("UPDATE users SET waits_for = 'approval' WHERE username LIKE 'new%'");
    server.client().log_in("roy", "wrong");
    let mut program = server.client().program("admin", "password");
    let overview = program.get("/api/v1/overview");
    assert_eq!((overview.status, overview.header("content-type")), (200, Some("application/json")));
    let overview = overview.json();
    assert_eq!(overview["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(overview["waiting"]["accounts"], 6);
    let fifth = &overview["waiting"]["first"][4];
    assert_eq!((&fifth["username"], &fifth["name"]), (&json!("new5"), &json!("new5")));
    assert_eq!(fifth["id"], server.sql("SELECT id FROM users WHERE username = 'new5'")[0]);
    assert_eq!(overview["waiting"]["first"].as_array().unwrap().len(), 5);
    assert_eq!(overview["mail"], json!({ "waiting": 1, "oldest_at": "2026-02-01T10:00:00Z", "given_up": 1 }));
    let days = overview["days"].as_array().unwrap();
    assert_eq!((days.len(), &days[29]["failures"]), (30, &json!(1)));
    assert!(days[29]["logins"].as_i64().unwrap() >= 1, "the admin's own: {overview}");
    let says: Vec<&str> =
        overview["findings"].as_array().unwrap().iter().filter_map(|one| one["says"].as_str()).collect();
    assert!(says.iter().any(|text| text.contains("mail is written to the log")), "{says:?}");
    let page = server.admin().get("/admin");
    assert!(page.says("mail is written to the log"), "the page says the same");

    let told = server.cli(&["overview", "--json"]);
    assert_eq!((told.code, told.stderr.as_str()), (0, ""));
    let told: Value = serde_json::from_str(&told.stdout).unwrap();
    for part in ["version", "waiting", "mail", "findings"] {
        assert_eq!(told[part], overview[part], "{part}");
    }
    let text = server.cli(&["overview"]).stdout;
    for line in ["6 for approval: new1, new2, new3, new4, new5, …", "1 waiting, the oldest of 2026-02-01", "1 given up"]
    {
        assert!(text.contains(line), "{line}: {text}");
    }
    let day = days[29]["day"].as_str().unwrap();
    assert!(text.contains("DAY (UTC)") && text.lines().last().is_some_and(|line| line.starts_with(day)), "{text}");

    let calm = Server::seeded().cli(&["overview"]).stdout;
    assert!(calm.contains("nobody") && calm.contains("none is sent"), "{calm}");
}

#[test]
fn the_settings_are_told_to_programs_of_admins_and_on_the_command_line_without_secrets() {
    let server = Server::prepare();
    std::fs::write(server.folder().join("Rocket.toml"), "[default.vestibule]\nhelp_text = \"Ask “Ada”\"\n").unwrap();
    let key = format!("{}QQ==", "QUJD".repeat(21));
    let server = server
        .with("VESTIBULE_SMTP_URL", "smtps://ada:s3cret@mail.example.com")
        .with("VESTIBULE_SECRET_KEY", &key)
        .and_seed()
        .and_start();
    let list = server.client().program("admin", "password").get("/api/v1/settings");
    assert_eq!(list.status, 200, "{}", list.body);
    let settings = list.json()["settings"].clone();
    let find = |all: &Value, key: &str| -> Value {
        all.as_array().unwrap().iter().find(|one| one["key"] == key).unwrap_or_else(|| panic!("{key}")).clone()
    };
    let cost = find(&settings, "bcrypt_cost");
    assert_eq!(
        (&cost["value"], &cost["table"], &cost["hidden"]),
        (&json!("4"), &json!("default.vestibule"), &json!(false))
    );
    assert_eq!(cost["set_by"], "the environment variable VESTIBULE_BCRYPT_COST");
    assert!(cost["says"].as_str().is_some_and(|says| says.len() > 10), "{cost}");
    let registration = find(&settings, "registration");
    assert_eq!((&registration["value"], &registration["set_by"]), (&json!("\"closed\""), &Value::Null));
    assert!(find(&settings, "help_text")["set_by"].as_str().unwrap().ends_with("Rocket.toml"));
    assert_eq!(find(&settings, "port")["table"], "default");
    assert_eq!(
        (&find(&settings, "public_url")["value"], &find(&settings, "public_url")["hidden"]),
        (&Value::Null, &json!(false))
    );

    let json = server.cli(&["settings", "--json"]);
    assert_eq!((json.code, json.stderr.as_str()), (0, ""));
    let on_the_command_line: Value = serde_json::from_str(&json.stdout).unwrap();
    let (table, wide) = (server.cli(&["settings"]).stdout, server.cli(&["settings", "--wide"]).stdout);
    for secret in ["secret_key", "smtp_url"] {
        for all in [&settings, &on_the_command_line] {
            assert_eq!(
                (&find(all, secret)["value"], &find(all, secret)["hidden"]),
                (&Value::Null, &json!(true)),
                "{secret}"
            );
        }
        let line = wide.lines().find(|line| line.starts_with(secret)).expect("it has a line");
        assert!(line.contains("set, and not shown"), "{line}");
    }
    assert_eq!(find(&on_the_command_line, "bcrypt_cost"), cost);
    for told in [&list.body, &json.stdout, &table, &wide] {
        assert!(!told.contains("s3cret") && !told.contains("QUJDQUJD") && !told.contains('\u{1b}'), "{told}");
    }
    assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
    let searched = server.cli(&["settings", "BCRYPT"]).stdout;
    let lines: Vec<&str> = searched.lines().collect();
    assert_eq!(lines.len(), 2, "{searched}");
    assert!(lines[1].starts_with("bcrypt_cost") && lines[1].contains(" 4 "), "{searched}");
}

#[test]
fn nobody_else_is_told() {
    let server = Server::seeded();
    server.add_user_with("zoe", &["--role", "staff"]);
    for path in ["/api/v1/overview", "/api/v1/settings"] {
        let refused = server.client().program("zoe", GOOD_PASSWORD).get(path);
        assert!(refused.status == 403 && !refused.body.contains("bcrypt"), "{}", refused.body);
        assert_eq!(server.client().json().get(path).status, 401);
        assert_eq!(server.admin().json().get(path).status, 401, "a session is no token");
    }
}

#[test]
fn accounts_are_listed_by_their_state() {
    let server = Server::seeded();
    for name in ["ada", "ben", "cleo", "dan"] {
        server.add_user(name);
    }
    server.execute("UPDATE users SET waits_for = 'approval' WHERE username IN ('ada', 'ben')");
    let now = server.time("+0 minutes");
    // Whoever is disabled is that, whatever else.
    server.execute(&format!("UPDATE users SET disabled_at = {now} WHERE username IN ('ben', 'cleo')"));
    server.execute(&format!(
        "UPDATE users SET deletes_at = {} WHERE username IN ('cleo', 'dan')",
        server.time("+1 days")
    ));
    assert_eq!(server.cli(&["user", "role", "add", "cleo", "staff"]).code, 0);
    let mut admin = server.client().program("admin", "password");
    let mut names = |query: &str| -> Vec<String> {
        let list = admin.get(&format!("/api/v1/users?{query}"));
        assert_eq!(list.status, 200, "{query}: {}", list.body);
        let users = list.json()["users"].as_array().unwrap().clone();
        users.iter().map(|user| user["username"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("state=waiting"), ["ada"]);
    assert_eq!(names("state=disabled"), ["ben", "cleo"]);
    assert_eq!(names("state=deleting"), ["dan"]);
    assert_eq!(names("state=enabled"), ["admin", "jumpiness", "python", "roy"]);
    assert_eq!(names("state=disabled&role=staff"), ["cleo"]);
    assert_eq!(names("state=disabled&query=BE"), ["ben"]);
    assert_eq!(names("state=disabled&limit=1"), ["ben"]);
    assert_eq!(names("state=disabled&after=ben"), ["cleo"]);
    for wrong in ["state=", "state=Waiting", "state=gone"] {
        let refused = admin.get(&format!("/api/v1/users?{wrong}"));
        let why = "This has to be enabled, waiting, disabled or deleting.";
        assert_eq!((refused.status, &refused.json()["errors"]["state"]), (422, &json!([why])), "{wrong}");
    }
    let listed = |arguments: &[&str]| -> Vec<String> {
        let told = server.cli(&[&["user", "list", "--json"], arguments].concat());
        assert_eq!((told.code, told.stderr.as_str()), (0, ""), "{arguments:?}");
        let users: Value = serde_json::from_str(&told.stdout).unwrap();
        users.as_array().unwrap().iter().map(|user| user["username"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(listed(&["--state", "waiting"]), ["ada"]);
    assert_eq!(listed(&["--state", "disabled", "cleo"]), ["cleo"]);
    assert_eq!(listed(&["--state", "deleting"]), ["dan"]);
    assert_eq!(listed(&["--state", "enabled", "--role", "admin"]), ["admin"]);
    let wrong = server.cli(&["user", "list", "--state", "gone"]);
    assert!(
        wrong.code == 2 && wrong.stderr.contains("possible values: enabled, waiting, disabled, deleting"),
        "{}",
        wrong.stderr
    );
    assert_eq!(server.cli(&["user", "list", "--state", "waiting", "--waiting"]).code, 2);
}
