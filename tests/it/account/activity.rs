//! What happened to one's own account, as a page in words and in JSON.

use crate::support::Server;

#[test]
fn people_read_in_words_what_happened_to_their_account_and_who_did_it() {
    let server = Server::seeded();
    server.client().with("User-Agent", "curl/8.5.0").log_in("roy", "wrong");
    server.cli(&["user", "role", "add", "roy", "staff"]);
    server.cli(&["user", "rename", "roy", "royal"]);
    let mut roy = server.signed_in("royal", "roy");
    roy.act("/account/name", &[("name", "Roy B.")]);
    roy.act("/todos", &[("title", "Rest"), ("due", "2030-01-01")]);
    server.signed_in("python", "python").act("/account/name", &[("name", "Monty")]);
    let page = roy.get("/account/activity");
    assert_eq!(page.status, 200);
    let titles: Vec<String> = page
        .body
        .split("<h2 class=\"row-title\">")
        .skip(1)
        .map(|row| row.split("</h2>").next().unwrap().replace("<span class=\"overdue\">", "").replace("</span>", ""))
        .map(|title| title.replace("<span class=\"row-by\">", ""))
        .collect();
    let expected = [
        "Todo added",
        "Name changed",
        "Logged in",
        "Username changed: roy to royal by whoever runs this server",
        "Role given: staff by whoever runs this server",
        "Login failed",
    ];
    assert_eq!(titles[..6], expected);
    assert!(page.says("from 127.0.0.1, <bdi>curl</bdi>"), "{}", page.body);
    assert!(!page.body.contains("Monty") && titles.iter().filter(|title| *title == "Name changed").count() == 1);
}

#[test]
fn it_comes_in_pages_and_none_of_it_is_somebody_elses() {
    let server = Server::seeded();
    let mut roy = server.signed_in("roy", "roy");
    let token = roy.csrf();
    (0..30).for_each(|number| {
        let name = format!("Roy {number}");
        assert_eq!(roy.post("/account/name", &[("csrf", &token), ("name", &name)]).status, 303);
    });
    let first = roy.get("/account/activity");
    let rows = |body: &str| body.matches("row-title").count();
    assert_eq!(rows(&first.body), 25);
    let next = first.body.split("<a class=\"small-button pages-next\" href=\"").nth(1).expect("there is more");
    let next = next.split('"').next().unwrap().replace("&#x2F;", "/");
    let second = roy.get(&next);
    assert!(second.says("Logged in") && second.says("Account made") && second.says("First page"), "{}", second.body);
    assert!(!second.body.contains("pages-next"));
    assert!(roy.get("/account/activity?after=0").says("Nothing further."));
    let mut python = server.signed_in("python", "python");
    assert!(!python.get(&next).says("Name changed"), "whatever is asked for");
}

#[test]
fn programs_read_the_same() {
    let server = Server::seeded();
    server.client().log_in("roy", "wrong");
    let mut roy = server.client().program("roy", "roy");
    let page = roy.get("/api/v1/me/activity?limit=2").json();
    let events: Vec<&str> =
        page["activity"].as_array().unwrap().iter().map(|row| row["event"].as_str().unwrap()).collect();
    assert_eq!(events, ["login.succeeded", "login.failed"]);
    assert_eq!(page["activity"][0]["by"], "you");
    assert_eq!(page["activity"][1]["by"], "stranger");
    let next = page["next"].as_str().unwrap();
    let rest = roy.get(&format!("/api/v1/me/activity?limit=100&after={next}")).json();
    assert_eq!(rest["next"], serde_json::Value::Null);
    assert!(
        rest["activity"]
            .as_array()
            .unwrap()
            .iter()
            .any(|row| row["event"] == "user.created" && row["by"] == "operator")
    );
    assert_eq!(roy.get("/api/v1/me/activity?limit=0").status, 422);
}
