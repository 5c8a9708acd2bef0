//! Every error is a page in the style of all others, or a problem document (RFC 9457).

use rocket::http::{Accept, Header, Status};
use rocket::local::blocking::Client;
use rocket::{get, routes};

use crate::support::{Server, in_process};

/// All that a page may have to say, and the words that it begins with.
const STATUSES: &[(u16, &str)] = &[
    (400, "Bad request"),
    (401, "Please log in"),
    (403, "Not allowed"),
    (404, "Page not found"),
    (405, "This page can’t be opened directly"),
    (408, "That took too long"),
    (409, "Already changed"),
    (410, "No longer there"),
    (413, "Too much"),
    (414, "Address too long"),
    (415, "Wrong kind of content"),
    (421, "Wrong address"),
    (422, "Some fields are invalid"),
    (429, "Too many attempts"),
    (431, "Request too large"),
    (500, "Something went wrong"),
    (503, "Not available just now"),
    (402, "That did not work"),
    (418, "That did not work"),
    (499, "That did not work"),
    (501, "Something went wrong"),
    (504, "Something went wrong"),
    (599, "Something went wrong"),
];

/// Fails as told.
#[get("/fail/<code>")]
fn fail(code: u16) -> Status {
    Status::new(code)
}

/// Fails as nobody wants it.
#[get("/panic")]
fn panic() -> Status {
    panic!("a secret of the inside")
}

fn failing() -> (Client, in_process::Home) {
    let (rocket, home) = in_process::seeded();
    (in_process::client(rocket.mount("/", routes![fail, panic])), home)
}

#[test]
fn every_status_has_a_styled_page() {
    let (client, _folder) = failing();
    for (code, title) in STATUSES {
        let reply = in_process::send(client.get(format!("/fail/{code}")).header(Accept::HTML));
        assert_eq!(reply.status().code, *code);
        let header = |name: &str| reply.headers().get_one(name).unwrap_or_default().to_owned();
        assert_eq!(header("content-type"), "text/html; charset=utf-8", "{code}");
        assert_eq!(header("retry-after").is_empty(), *code != 503, "{code}");
        let page = reply.into_string().unwrap();
        for part in [
            "<!doctype html>",
            r#"<html lang="en">"#,
            "/style.css",
            r#"href="/""#,
            &format!("<title>{title} · Vestibule</title>"),
            &format!("<h1>{title}</h1>"),
            &format!(r#"<p class="status">{code}</p>"#),
        ] {
            assert!(page.contains(part), "{code}: {part}: {page}");
        }
        assert_eq!(page.contains("Reference: <code>"), *code >= 500, "{code}: an operator can look it up");
        assert!(!page.to_lowercase().contains("rocket"), "{code}: {page}");
    }
}

#[test]
fn every_status_has_a_problem_document() {
    let (client, _folder) = failing();
    for (code, _) in STATUSES {
        for accept in ["application/json", "application/problem+json"] {
            let request = client.get(format!("/fail/{code}")).header(Header::new("Accept", accept));
            let reply = in_process::send(request);
            assert_eq!(reply.status().code, *code);
            assert_eq!(reply.headers().get_one("content-type"), Some("application/problem+json"), "{code}");
            assert_eq!(reply.headers().get_one("retry-after").is_some(), *code == 503, "{code}");
            let problem: serde_json::Value = serde_json::from_str(&reply.into_string().unwrap()).unwrap();
            assert_eq!(problem["status"], *code);
            assert_eq!(problem["type"], "about:blank");
            assert!(problem["title"].as_str().is_some_and(|title| !title.is_empty()), "{problem}");
        }
    }
}

#[test]
fn a_panic_is_a_500_that_tells_nothing() {
    let (client, _folder) = failing();
    for accept in [Accept::HTML, Accept::JSON] {
        let reply = in_process::send(client.get("/panic").header(accept));
        assert_eq!(reply.status().code, 500);
        let text = reply.into_string().unwrap();
        assert!(!text.contains("secret") && !text.contains(".rs"), "{text}");
    }
    assert_eq!(in_process::send(client.get("/login")).status().code, 200, "the server goes on");
}

#[test]
fn an_error_page_knows_who_is_logged_in_and_sets_no_cookie() {
    let server = Server::seeded();
    let mut admin = server.admin();
    let mut roy = server.signed_in("roy", "roy");
    let (csrf, too_long) = (roy.csrf(), "x".repeat(70_000));
    let pages = [
        (404, roy.get("/nowhere")),
        (404, roy.get("/todos/x/edit")),
        (405, roy.send("DELETE", "/todos", None, "")),
        (400, roy.send("POST", "/todos", Some("application/x-www-form-urlencoded"), "a=%")),
        (403, roy.post("/todos", &[("title", "x")])),
        (403, roy.post("/todos/x/done", &[("csrf", &csrf)])),
        (403, roy.clone().with("Sec-Fetch-Site", "cross-site").post("/logout", &[])),
        (413, roy.post("/todos", &[("csrf", &csrf), ("title", &too_long)])),
        (415, roy.send("POST", "/todos", Some("text/plain"), "x")),
        (422, roy.post("/todos", &[("csrf", &csrf), ("unknown", "x")])),
    ];
    for (status, page) in pages {
        assert_eq!((page.status, page.all("set-cookie").count()), (status, 0), "{}", page.body);
        for part in [">Roy</a>", "href=\"/logout\"", "href=\"/todos\"", "Back to home"] {
            assert!(page.says(part), "{status}: {part}: {}", page.body);
        }
    }
    assert!(admin.get("/nowhere").says("Admin"));
    let stranger = server.client().get("/nowhere");
    assert!(stranger.status == 404 && !stranger.says("/logout"), "{}", stranger.body);
    server.execute("DELETE FROM sessions");
    server.let_a_second_pass();
    assert_eq!(roy.get("/nowhere").body, stranger.body, "after the end of their session they are a stranger");
}

#[test]
fn the_page_of_a_failure_asks_nobody_who_is_there() {
    let (client, _folder) = failing();
    in_process::log_in(&client, "admin", "password");
    let page = |code: u16| in_process::send(client.get(format!("/fail/{code}")).header(Accept::HTML)).into_string();
    assert!(page(404).unwrap().contains("/logout"));
    for code in [500, 503, 599] {
        assert!(!page(code).unwrap().contains("/logout"), "{code}");
    }
}

#[test]
fn a_stranger_who_wants_json_gets_no_redirect() {
    let server = Server::seeded();
    let reply = server.client().json().get("/");
    assert_eq!((reply.status, reply.header("location")), (401, None));
    assert!(reply.json().is_object());
}
