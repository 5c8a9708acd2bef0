//! `POST /api/v1/tokens/revoke` (RFC 7009).

use serde_json::{Value, json};

use super::{TOKENS, code, is_valid, refresh};
use crate::support::{Client, Reply, Server};

const REVOKE: &str = "/api/v1/tokens/revoke";

fn revoke(client: &mut Client, token: &Value) -> Reply {
    client.post(REVOKE, &[("token", token.as_str().unwrap())])
}

#[test]
fn a_revoked_token_ends_its_login_and_no_other() {
    let server = Server::seeded();
    let mut client = server.client();
    for kind in ["refresh_token", "access_token"] {
        let (pair, other) = (client.pair("roy", "roy"), client.pair("roy", "roy"));
        assert!(is_valid(&client, &pair));
        let revoked = revoke(&mut client, &pair[kind]);
        assert_eq!((revoked.status, revoked.body.as_str()), (200, ""), "{kind}");
        assert!(!is_valid(&client, &pair), "on the next request: {kind}");
        assert_eq!(client.post(TOKENS, &refresh(&pair)).status, 400, "{kind}");
        assert!(is_valid(&client, &other), "{kind}");
        assert_eq!(revoke(&mut client, &pair[kind]).status, 200, "once more");
    }
    let roy = server.sql("SELECT id FROM users WHERE username = 'roy'").remove(0);
    let ended = server.sql("SELECT actor || ' ' || target FROM audit_events WHERE event = 'logout'");
    assert_eq!(ended, vec![format!("{roy} {roy}"); 2]);
}

#[test]
fn a_spent_refresh_token_revokes_what_followed_it() {
    let server = Server::seeded();
    let mut client = server.client();
    let first = client.pair("roy", "roy");
    let second = client.post(TOKENS, &refresh(&first)).json();
    assert_eq!(revoke(&mut client, &first["refresh_token"]).status, 200);
    assert!(!is_valid(&client, &second));
    assert_eq!(server.sql("SELECT count(*) FROM audit_events WHERE event = 'token.reused'"), ["0"]);
}

#[test]
fn what_is_no_token_is_answered_alike_and_a_malformed_request_is_not() {
    let server = Server::seeded();
    let mut client = server.client();
    let pair = client.pair("roy", "roy");
    let refresh = pair["refresh_token"].as_str().unwrap();
    let rows = server.sql("SELECT count(*) FROM audit_events");
    // What the refresh token is made of, too: half of it ends nothing.
    for token in ["x", "ü", &"A".repeat(86), &refresh[..43], &refresh[43..], "a.b.c"] {
        let answer = revoke(&mut client, &token.into());
        assert_eq!((answer.status, answer.body.as_str()), (200, ""), "{token}");
    }
    assert_eq!(server.sql("SELECT count(*) FROM audit_events"), rows, "nothing happened");
    assert!(is_valid(&client, &pair));
    for fields in [&[][..], &[("token", "")], &[("token", refresh), ("token", refresh)], &[("a", "1")]] {
        assert_eq!(code(&client.post(REVOKE, fields)), (400, "invalid_request".to_owned()), "{fields:?}");
    }
    assert!(is_valid(&client, &pair));
    let added = [("token", refresh), ("token_type_hint", "nonsense"), ("client_id", "an app"), ("b", "")];
    assert_eq!(client.post(REVOKE, &added).status, 200);
    assert!(!is_valid(&client, &pair), "hints and unknown parameters change nothing");
    let pair = client.pair("roy", "roy");
    let body = json!({ "token": pair["access_token"] });
    assert_eq!(client.call("POST", REVOKE, &body).status, 200, "in JSON as well");
    assert!(!is_valid(&client, &pair));
}
