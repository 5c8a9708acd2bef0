//! Every refusal of a request leaves a trace in the audit, and a flood of them few.

mod table;

use serde_json::Value;
use vestibule::accounts::audit::Source;
use vestibule::accounts::token;
use vestibule::accounts::user::Which;

use self::table::{REFUSED, forged};
use crate::support::{Client, Server, in_process, wait_for};

/// Who is there when requests are refused.
struct Scene {
    server: Server,
    /// A browser of python's, and its form token.
    browser: Client,
    csrf: String,
    /// A program of python's, and one whose login was ended.
    token: String,
    revoked: String,
}

impl Scene {
    fn new() -> Scene {
        let server = Server::prepare().with("VESTIBULE_TRUSTED_PROXIES", r#"["127.0.0.1/32"]"#).and_seed().and_start();
        let mut browser = server.signed_in("python", "python");
        let csrf = browser.csrf();
        let access = |pair: Value| pair["access_token"].as_str().unwrap().to_owned();
        let token = access(server.client().pair("python", "python"));
        let revoked = access(server.client().pair("roy", "roy"));
        assert_eq!(server.client().bearing(&revoked).bare("DELETE", "/api/v1/tokens/current").status, 204);
        Scene { server, browser, csrf, token, revoked }
    }

    /// The client with the cookies of python's browser.
    fn act(&self, client: Client) -> Client {
        let mut client = client.browsing();
        client.jar = self.browser.jar.clone();
        client
    }

    /// The refusals that are recorded from an address.
    fn rows(&self, address: &str) -> Vec<String> {
        let name = |column: &str| format!("coalesce((SELECT username FROM users WHERE id = {column}), {column}, '-')");
        self.server.sql(&format!(
            "SELECT event || ' by ' || {} || ' about ' || {} || ': ' || detail
             FROM audit_events WHERE address = '{address}' ORDER BY at",
            name("actor"),
            name("target")
        ))
    }
}

#[test]
fn every_refusal_leaves_one_row_that_tells_who_what_and_whence_and_no_token() {
    let scene = Scene::new();
    for (number, refused) in REFUSED.iter().enumerate() {
        let address = format!("192.0.2.{number}");
        let client = scene.server.client().with("X-Forwarded-For", &address);
        let reply = (refused.send)(&scene, client);
        assert_eq!(reply.status, refused.status, "{}: {}", refused.detail, reply.body);
        let (actor, target) = (refused.actor.unwrap_or("-"), refused.target.unwrap_or("-"));
        let expected = format!("{} by {actor} about {target}: {}", refused.event, refused.detail);
        wait_for(refused.detail, || (!scene.rows(&address).is_empty()).then_some(()));
        assert_eq!(scene.rows(&address), [expected]);
    }
    let details = scene.server.sql("SELECT detail FROM audit_events").join("\n") + &scene.server.stderr();
    for secret in [&scene.token, &scene.revoked, &scene.browser.jar["session"], "marker-no-token", "query=secret"] {
        assert!(!details.contains(secret), "{secret}");
    }
}

#[test]
fn a_flood_of_any_of_them_leaves_thirty() {
    let scene = Scene::new();
    for (number, refused) in REFUSED.iter().enumerate() {
        let address = format!("198.51.100.{number}");
        for _ in 0..40 {
            let client = scene.server.client().with("X-Forwarded-For", &address);
            assert_eq!((refused.send)(&scene, client).status, refused.status, "{}", refused.detail);
        }
        wait_for(refused.detail, || (scene.rows(&address).len() >= 30).then_some(()));
        assert_eq!(scene.rows(&address).len(), 30, "{}", refused.detail);
    }
}

#[test]
fn what_is_as_usual_leaves_none() {
    let scene = Scene::new();
    let before = scene.server.audit().len();
    let mut client = scene.server.client();
    assert_eq!(client.get("/api/v1/me").status, 401, "no token");
    assert_eq!(client.get("/todos").status, 303, "no session");
    let mut browser = scene.browser.clone();
    browser.jar.insert("session".into(), "cut".into());
    assert!(!browser.is_signed_in(), "a cookie of before the key was replaced");
    assert_eq!(client.bearing(&expired(&scene.server)).get("/api/v1/me").status, 401, "a token whose time is over");
    assert_eq!(client.bearing(&forged(&scene.token)).get("/api/v1/me").status, 401, "this one does");
    let last = "token.refused: GET /api/v1/me with an access token that no key of ours has signed";
    let since = wait_for("its row", || {
        let since = scene.server.audit().split_off(before);
        since.last().is_some_and(|row| row == last).then_some(since)
    });
    assert_eq!(since.len(), 2, "and that the test made a token: {since:?}");
}

/// An access token of roy's that is valid no more.
fn expired(server: &Server) -> String {
    let (_, accounts) = in_process::beside(server);
    let roy = Which::Named("roy".to_owned());
    let operator = Source::operator();
    let issue = token::issue(&accounts, &operator, roy, chrono::Duration::minutes(-1));
    tokio::runtime::Runtime::new().unwrap().block_on(issue).expect("it is made").1
}
