//! What clients of OAuth send, and understand.

mod challenges;
mod clients;
mod grants;
mod metadata;
mod multipart;
mod revoke;

use serde_json::Value;

use crate::support::{Client, Reply};

const TOKENS: &str = "/api/v1/tokens";

/// The fields of a password grant.
fn password<'a>(username: &'a str, password: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("grant_type", "password"), ("username", username), ("password", password)]
}

/// The fields of a refresh grant.
fn refresh(pair: &Value) -> Vec<(&str, &str)> {
    vec![("grant_type", "refresh_token"), ("refresh_token", pair["refresh_token"].as_str().expect("a refresh token"))]
}

/// Whether the access token of a pair is valid.
fn is_valid(client: &Client, pair: &Value) -> bool {
    let me = client.bearing(pair["access_token"].as_str().expect("an access token")).get("/api/v1/me");
    assert!([200, 401].contains(&me.status), "{}", me.body);
    me.status == 200
}

/// The status and the code of an error, which is also a problem.
fn code(reply: &Reply) -> (u16, String) {
    let problem = reply.json();
    assert_eq!(reply.header("content-type"), Some("application/problem+json"), "{}", reply.body);
    assert_eq!((&problem["status"], &problem["type"]), (&reply.status.into(), &"about:blank".into()), "{problem}");
    assert_eq!(problem["error_description"], problem["detail"], "{problem}");
    // RFC 6749, 5.2.
    let described = problem["error_description"].as_str().expect("a description");
    assert!(described.bytes().all(|byte| matches!(byte, 0x20..=0x7E) && !b"\"\\".contains(&byte)), "{described}");
    (reply.status, problem["error"].as_str().expect("a code").to_owned())
}
