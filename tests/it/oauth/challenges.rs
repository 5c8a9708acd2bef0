//! What a 401 says of access tokens (RFC 6750, 3).

use serde_json::json;

use super::{TOKENS, password};
use crate::support::Server;

const PLAIN: Option<&str> = Some(r#"Bearer realm="vestibule""#);
const INVALID: Option<&str> = Some(r#"Bearer realm="vestibule", error="invalid_token""#);

#[test]
fn a_challenge_blames_the_token_only_when_it_was_bad() {
    let server = Server::seeded();
    let pair = server.client().pair("roy", "roy");
    let ended = pair["access_token"].as_str().unwrap();
    assert_eq!(server.client().bearing(ended).bare("DELETE", "/api/v1/tokens/current").status, 204);
    let challenge = |reply: crate::support::Reply| {
        assert_eq!(reply.status, 401, "{}", reply.body);
        reply.header("www-authenticate").map(str::to_owned)
    };
    let me = |name: &str, value: &str| challenge(server.client().with(name, value).get("/api/v1/me"));
    assert_eq!(challenge(server.client().get("/api/v1/me")).as_deref(), PLAIN);
    assert_eq!(me("Authorization", "Basic eDp5").as_deref(), PLAIN, "for someone else");
    for (name, value) in [
        ("Authorization", format!("Bearer {ended}")),
        ("Authorization", "Bearer x".to_owned()),
        ("Authorization", "Bearer".to_owned()),
        ("x-access-token", ended.to_owned()),
        ("x-access-token", "x".to_owned()),
    ] {
        assert_eq!(me(name, &value).as_deref(), INVALID, "{name}: {value}");
    }
    // A login looks at no token, so a wrong password is a wrong password, whatever is beside it.
    let wrong = json!({ "login": "roy", "password": "wrong" });
    let mut old = server.client().bearing(ended);
    assert_eq!(challenge(old.call("POST", TOKENS, &wrong)).as_deref(), PLAIN);
    let refresh = json!({ "refresh_token": "x" });
    assert_eq!(challenge(old.call("POST", "/api/v1/tokens/refresh", &refresh)).as_deref(), PLAIN);
    assert_eq!(old.post(TOKENS, &password("roy", "roy")).status, 200, "and a right one is right");
    assert_eq!(old.json().get("/").header("www-authenticate"), None, "elsewhere no token counts");
}

#[test]
fn a_token_that_is_sent_in_two_ways_is_a_malformed_request() {
    let server = Server::seeded();
    let pair = server.client().pair("roy", "roy");
    let token = pair["access_token"].as_str().unwrap();
    let client = server.client().bearing(token);
    for twice in [client.with("x-access-token", token), client.bearing(token), client.with("x-access-token", "x")] {
        for path in ["/api/v1/me", "/api/v1/todos"] {
            let refused = twice.clone().get(path);
            assert_eq!(refused.status, 400, "{}", refused.body);
            let challenge = r#"Bearer realm="vestibule", error="invalid_request""#;
            assert_eq!(refused.header("www-authenticate"), Some(challenge));
            assert_eq!(refused.json()["detail"], "Send one access token, in one way.");
        }
    }
    // Where a token is not looked for, it is in nobody's way.
    let twice = client.with("x-access-token", token);
    assert_eq!(twice.clone().post(TOKENS, &password("roy", "roy")).status, 200);
    assert_eq!(client.with("Authorization", "Basic eDp5").get("/api/v1/me").status, 200, "another scheme is none");
}

#[test]
fn a_token_that_ends_while_its_request_is_under_way_is_blamed_too() {
    let server = Server::seeded();
    let pair = server.client().pair("roy", "roy");
    let client = server.client().bearing(pair["access_token"].as_str().unwrap());
    let body = json!({ "name": "Roy B." }).to_string();
    assert_eq!(client.clone().get("/api/v1/me").status, 200);
    // This process remembers the session for a second; the change itself looks again.
    server.execute("DELETE FROM sessions");
    let late = client.clone().send("PATCH", "/api/v1/me", Some("application/json"), &body);
    assert_eq!((late.status, late.header("www-authenticate")), (401, INVALID), "{}", late.body);
}
