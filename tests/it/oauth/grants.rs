//! `grant_type` at the token endpoint (RFC 6749).

use serde_json::json;

use super::{TOKENS, code, is_valid, password, refresh};
use crate::support::Server;

#[test]
fn a_password_and_a_refresh_token_are_grants() {
    let server = Server::seeded();
    let mut client = server.client();
    let answer = client.post(TOKENS, &password("roy", "roy"));
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert!(answer.header("cache-control").is_some_and(|value| value.contains("no-store")), "RFC 6749, 5.1");
    let first = answer.json();
    assert_eq!((&first["token_type"], &first["expires_in"]), (&json!("Bearer"), &json!(1800)));
    let second = client.post(TOKENS, &refresh(&first));
    assert_eq!(second.status, 200, "{}", second.body);
    let second = second.json();
    assert!(is_valid(&client, &first) && is_valid(&client, &second));
    assert_eq!(code(&client.post(TOKENS, &refresh(&first))), (400, "invalid_grant".to_owned()), "it was spent");
    assert!(!is_valid(&client, &second), "so the login has ended");
    let sent = json!({ "grant_type": "password", "username": "roy", "password": "roy" });
    assert_eq!(client.call("POST", TOKENS, &sent).status, 200, "in JSON as well");
}

#[test]
fn what_clients_add_changes_nothing() {
    let server = Server::seeded();
    let mut fields = password("roy", "roy");
    fields.extend([
        ("scope", "me todos"),
        ("client_id", "an app"),
        ("client_secret", ""),
        ("audience", "x"),
        ("a", ""),
    ]);
    let basic = server.client().with("Authorization", "Basic YW4gYXBwOnNlY3JldA==");
    let answer = basic.clone().post(TOKENS, &fields);
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert!(answer.json()["scope"].is_null());
    let pair = answer.json();
    let mut fields = refresh(&pair);
    fields.extend([("scope", ""), ("client_id", "an app"), ("resource", "x")]);
    assert_eq!(basic.clone().post(TOKENS, &fields).status, 200);
    // Without a grant type they are what they were: unknown.
    let fields = [("username", "roy"), ("password", "roy"), ("scope", ""), ("client_id", "an app")];
    let refused = server.client().post(TOKENS, &fields);
    assert_eq!(refused.status, 422, "{}", refused.body);
    let named = refused.json()["errors"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(named, ["client_id", "scope"]);
    let empty = [("grant_type", ""), ("username", "roy"), ("password", "roy")];
    assert_eq!(server.client().post(TOKENS, &empty).status, 422, "an empty one is none");
}

#[test]
fn a_grant_that_is_refused_says_why_in_the_words_of_oauth() {
    let server = Server::seeded();
    server.cli(&["user", "disable", "python"]);
    let refused = |fields: &[(&str, &str)]| {
        let reply = server.client().post(TOKENS, fields);
        assert_eq!(reply.header("www-authenticate"), None, "{fields:?}");
        code(&reply)
    };
    let grant = |code: &str| (400, code.to_owned());
    for (username, word) in [("roy", "wrong"), ("nobody", "roy"), ("python", "python"), ("roy\0", "roy")] {
        assert_eq!(refused(&password(username, word)), grant("invalid_grant"), "{username}");
    }
    let unknown = "A".repeat(86);
    for token in ["x", &unknown] {
        assert_eq!(
            refused(&[("grant_type", "refresh_token"), ("refresh_token", token)]),
            grant("invalid_grant"),
            "{token}"
        );
    }
    for kind in ["authorization_code", "client_credentials", "implicit", "Password", " password", "ü"] {
        let fields = [("grant_type", kind), ("username", "roy"), ("password", "roy")];
        assert_eq!(refused(&fields), grant("unsupported_grant_type"), "{kind}");
    }
    for fields in [
        &[("grant_type", "password")][..],
        &[("grant_type", "password"), ("username", "roy")],
        &[("grant_type", "password"), ("username", "roy"), ("password", "")],
        &[("grant_type", "password"), ("login", "roy"), ("password", "roy")],
        &[("grant_type", "refresh_token")],
        &[("grant_type", "refresh_token"), ("refresh_token", "")],
        &[("grant_type", "password"), ("grant_type", "password"), ("username", "roy"), ("password", "roy")],
        &[("grant_type", "password"), ("grant_type", ""), ("username", "roy"), ("password", "roy")],
        &[("grant_type", "password"), ("username", "roy"), ("username", "roy"), ("password", "roy")],
        &[("grant_type", "password"), ("username", "roy"), ("password", "roy"), ("x", "1"), ("x", "1")],
    ] {
        assert_eq!(refused(fields), grant("invalid_request"), "{fields:?}");
    }
    for body in [
        json!({ "grant_type": 7, "username": "roy", "password": "roy" }),
        json!({ "grant_type": "password", "username": ["roy"], "password": "roy" }),
        json!({ "grant_type": "refresh_token", "refresh_token": { "a": 1 } }),
    ] {
        assert_eq!(code(&server.client().call("POST", TOKENS, &body)), grant("invalid_request"), "{body}");
    }
}

#[test]
fn a_grant_never_tells_whether_an_account_exists_and_draws_from_its_budget() {
    let server = Server::prepare().with_real_limits().and_seed().and_start();
    let answer = |username: &str| {
        let mut reply = server.client().post(TOKENS, &password(username, "wrong"));
        reply.headers.retain(|(name, _)| !["date", "x-request-id"].contains(&name.as_str()));
        (reply.status, reply.headers, reply.body)
    };
    for attempt in 0..5 {
        assert_eq!(answer("roy"), answer("nobody"), "{attempt}");
    }
    for username in ["roy", "nobody"] {
        let waits = server.client().post(TOKENS, &password(username, "roy"));
        assert_eq!(code(&waits), (429, "temporarily_unavailable".to_owned()), "{username}");
        assert!(waits.header("retry-after").is_some());
    }
    let ours = json!({ "login": "roy", "password": "roy" });
    assert_eq!(server.client().call("POST", TOKENS, &ours).status, 429, "one budget, whatever the words");
}

#[test]
fn a_former_refresh_token_makes_a_grant_that_of_a_known_device() {
    let server = Server::prepare().with_real_limits().and_seed().and_start();
    let pair = server.client().pair("roy", "roy");
    for _ in 0..6 {
        server.client().post(TOKENS, &password("roy", "wrong"));
    }
    assert_eq!(server.client().post(TOKENS, &password("roy", "roy")).status, 429);
    let mut known = password("roy", "roy");
    known.push(("device", pair["refresh_token"].as_str().unwrap()));
    assert_eq!(server.client().post(TOKENS, &known).status, 200);
}

#[test]
fn pages_of_other_sites_can_t_send_grants() {
    let server = Server::seeded();
    let mut page = server.client().with("Origin", "https://evil.example");
    assert_eq!(page.post(TOKENS, &password("roy", "roy")).status, 403);
    assert_eq!(page.post("/api/v1/tokens/revoke", &[("token", "x")]).status, 403);
}
