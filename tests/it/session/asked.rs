//! `GET /api/v1/session`: an app or a proxy asks who is logged in.

use serde_json::json;

use crate::support::{Client, Reply, Server, wait_for};

const PATH: &str = "/api/v1/session";

/// What the headers say.
fn remote(reply: &Reply) -> [Option<&str>; 4] {
    ["remote-user", "remote-groups", "remote-name", "remote-email"].map(|name| reply.header(name))
}

/// What nginx sends for `auth_request`: the cookies of the visitor, and no `Accept`.
fn proxy(server: &Server, browser: &Client) -> Client {
    let mut proxy = server.client();
    proxy.jar.clone_from(&browser.jar);
    proxy
}

#[test]
fn a_cookie_and_a_token_are_answered_with_user_roles_and_headers() {
    let server = Server::seeded();
    let edited = "UPDATE users SET display_name = 'Zoë 100%', email = 'roy@example.com' WHERE username = 'roy'";
    server.execute(edited);
    for role in ["staff", "editor"] {
        assert_eq!(server.cli(&["user", "role", "add", "roy", role]).code, 0);
    }
    let browser = proxy(&server, &server.signed_in("roy", "roy"));
    let program = server.client().program("roy", "roy");
    let me = program.clone().get("/api/v1/me").json();
    for (mut client, kind) in [(browser.clone(), "browser"), (program.clone(), "token")] {
        let answer = client.get(PATH);
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")), "{kind}");
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        let told = answer.json();
        assert_eq!(told["user"], me, "the same document as that of the account");
        assert_eq!(told["user"]["roles"], json!(["editor", "staff"]));
        assert_eq!(told["session"]["kind"], kind);
        assert_eq!(
            server.sql(&format!("SELECT kind FROM sessions WHERE id = '{}'", told["session"]["id"].as_str().unwrap())),
            [kind]
        );
        let said = [Some("roy"), Some("editor,staff"), Some("Zo%C3%AB 100%25"), Some("roy@example.com")];
        assert_eq!(remote(&answer), said, "{kind}");
        let head = client.bare("HEAD", PATH);
        assert_eq!((head.status, head.body.as_str(), remote(&head)), (200, "", said), "{kind}");
    }
    let nobody_in_particular = server.client().program("python", "python").get(PATH);
    assert_eq!(
        remote(&nobody_in_particular),
        [Some("python"), Some(""), Some("Python"), Some("")],
        "all of them, always"
    );
}

#[test]
fn whoever_is_not_logged_in_is_401_and_never_sent_to_a_login_page() {
    let server = Server::seeded();
    let mut browser = proxy(&server, &server.signed_in("roy", "roy"));
    let token = server.client().pair("roy", "roy")["access_token"].as_str().unwrap().to_owned();
    let stranger = server.client();
    let page = stranger.with("Accept", "text/html");
    let cut = browser.with("Authorization", "Bearer nonsense");
    let twice = browser.bearing(&token).with("x-access-token", &token);
    let mut forged = stranger.clone();
    forged.jar.insert("session".into(), "nonsense".into());
    for (mut client, who) in [
        (stranger.clone(), "a stranger"),
        (page, "a stranger who wants a page"),
        (cut, "a token that is none, beside a good cookie"),
        (forged, "a forged cookie"),
        (stranger.with("Remote-User", "admin").with("Remote-Groups", "admin"), "who says so"),
    ] {
        let refused = client.get(PATH);
        assert_eq!((refused.status, refused.header("location")), (401, None), "{who}");
        assert_eq!(refused.header("content-type"), Some("application/problem+json"), "{who}");
        assert!(refused.header("www-authenticate").unwrap().starts_with("Bearer"), "{who}");
        assert_eq!(remote(&refused), [None; 4], "{who}");
    }
    assert_eq!(browser.get("/api/v1/session?page=2&page=3").status, 200, "with the query of the page that is visited");
    let twice = twice.clone().get(PATH);
    assert_eq!((twice.status, remote(&twice)), (400, [None; 4]), "two tokens, beside a good cookie");
    let basic = browser.with("Authorization", "Basic cm95OnJveQ==").get(PATH);
    assert_eq!(basic.status, 200, "the login of a proxy in between is none of ours");
    let admin = server.client().program("admin", "password");
    let mut both = admin.clone();
    both.jar.clone_from(&browser.jar);
    assert_eq!(remote(&both.get(PATH))[0], Some("admin"), "the token counts");

    assert_eq!(server.signed_in("roy", "roy").get("/logout").status, 303);
    assert_eq!(browser.get(PATH).status, 200, "another session of the same person");
    assert_eq!(browser.clone().with("Accept", "application/json").get("/logout").status, 200);
    assert_eq!(browser.get(PATH).status, 401, "logged out, on the next request");
    assert_eq!(server.cli(&["user", "disable", "admin"]).code, 1, "the last admin");
    assert_eq!(server.cli(&["user", "role", "add", "python", "staff"]).code, 0);
    let mut python = server.client().program("python", "python");
    assert_eq!(remote(&python.get(PATH))[1], Some("staff"));
    assert_eq!(server.cli(&["user", "role", "remove", "python", "staff"]).code, 0);
    wait_for("a role that is taken away to be gone within a second", || {
        (remote(&python.get(PATH))[1] == Some("")).then_some(())
    });
}

#[test]
fn no_page_of_another_origin_can_read_it() {
    let app = "https://app.example.com";
    let server = Server::prepare().with("VESTIBULE_ALLOWED_ORIGINS", &format!("[\"{app}\"]")).and_seed().and_start();
    let browser = proxy(&server, &server.signed_in("roy", "roy"));
    for path in [PATH, "/api//v1/session", "/%61pi/v1/%73ession"] {
        for origin in [app, "https://evil.example", "null"] {
            for mut asking in [browser.with("Origin", origin), server.client().with("Origin", origin)] {
                for answer in [asking.get(path), asking.bare("HEAD", path), asking.bare("OPTIONS", path)] {
                    assert!(answer.headers.iter().all(|(name, _)| !name.starts_with("access-control-allow")), "{path}");
                    assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"), "{path}");
                }
            }
        }
    }
    let open = server.client().with("Origin", "https://any.example").get("/api/v1/openapi.json");
    assert_eq!(open.header("cross-origin-resource-policy"), Some("cross-origin"), "unlike the rest of the API");
}
