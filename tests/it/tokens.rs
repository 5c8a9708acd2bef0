//! Access and refresh tokens.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::support::{Client, Server};

fn access(pair: &Value) -> &str {
    pair["access_token"].as_str().unwrap()
}

fn refresh(client: &mut Client, token: &Value) -> crate::support::client::Reply {
    client.call("POST", "/api/v1/tokens/refresh", &json!({ "refresh_token": token }))
}

fn me(server: &Server, token: &str) -> u16 {
    server.client().bearing(token).get("/api/v1/me").status
}

#[test]
fn a_refresh_token_is_good_for_one_new_pair_and_its_reuse_ends_the_login() {
    let server = Server::seeded();
    let mut client = server.client();
    let first = client.pair("roy", "roy");
    let second = refresh(&mut client, &first["refresh_token"]);
    assert_eq!(second.status, 200, "{}", second.body);
    let second = second.json();
    assert_eq!((me(&server, access(&first)), me(&server, access(&second))), (200, 200));
    assert_eq!(refresh(&mut client, &first["refresh_token"]).status, 401, "spent");
    assert_eq!((me(&server, access(&first)), me(&server, access(&second))), (401, 401), "the whole family has ended");
    assert_eq!(refresh(&mut client, &second["refresh_token"]).status, 401);
    assert_eq!(server.sql("SELECT count(*) FROM audit_events WHERE event = 'token.reused'"), ["1"]);
}

#[test]
fn of_twenty_refreshes_at_once_one_gets_a_pair() {
    let server = Server::seeded();
    let pair = server.client().pair("roy", "roy");
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let tries: Vec<_> =
            (0..20).map(|_| scope.spawn(|| refresh(&mut server.client(), &pair["refresh_token"]).status)).collect();
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
}

#[test]
fn a_token_ends_with_logout_disabling_and_a_new_password() {
    let server = Server::seeded();
    for end in ["logout", "disable", "set-password", "session end"] {
        let pair = server.client().pair("roy", "roy");
        assert_eq!(me(&server, access(&pair)), 200);
        match end {
            "logout" => {
                let gone = server.client().bearing(access(&pair)).bare("DELETE", "/api/v1/tokens/current");
                assert_eq!(gone.status, 204);
            }
            "disable" => assert_eq!(server.cli(&["user", "disable", "roy"]).code, 0),
            "set-password" => {
                let set =
                    server.cli_with_stdin(&["user", "set-password", "roy", "--password-stdin"], "roy and his boat\n");
                assert_eq!(set.code, 0, "{}", set.stderr);
            }
            _ => assert_eq!(server.cli(&["session", "end", "--all"]).code, 0),
        }
        if end != "logout" {
            server.let_a_second_pass();
        }
        assert_eq!(me(&server, access(&pair)), 401, "{end}");
        assert_eq!(refresh(&mut server.client(), &pair["refresh_token"]).status, 401, "{end}");
        if end == "disable" {
            assert_eq!(server.cli(&["user", "enable", "roy"]).code, 0);
        }
        if end == "set-password" {
            break;
        }
    }
}

#[test]
fn a_hash_of_another_program_logs_in_by_token_and_is_replaced() {
    let server = Server::seeded();
    let werkzeug = "pbkdf2:sha256:150000$k1Ud5dzh$d0347f416e89ea486b33c988c9be65730329b2dd6d712f73c9920103a006a82e";
    server.execute(&format!("UPDATE users SET password_hash = '{werkzeug}' WHERE username = 'roy'"));
    assert_eq!(server.client().program("roy", "roy").get("/api/v1/me").status, 200);
    let hash = server.sql("SELECT password_hash FROM users WHERE username = 'roy'");
    assert!(hash[0].starts_with("$bcrypt-sha256$"), "{hash:?}");
}

#[test]
fn a_demoted_admin_is_refused_within_a_second() {
    let server = Server::seeded();
    server.cli(&["user", "role", "add", "roy", "admin"]);
    let mut admin = server.client().program("admin", "password");
    assert_eq!(admin.get("/api/v1/users").status, 200);
    assert_eq!(server.cli(&["user", "role", "remove", "admin", "admin"]).code, 0);
    server.let_a_second_pass();
    assert_eq!(admin.get("/api/v1/users").status, 403);
}

#[test]
fn a_new_password_ends_all_logins_and_gives_a_new_pair() {
    let server = Server::seeded();
    let mut browser = server.client();
    browser.log_in("roy", "roy");
    let elsewhere = server.client().pair("roy", "roy");
    let mut roy = server.client().program("roy", "roy");
    let change = |current: &str, new: &str| json!({ "current_password": current, "new_password": new });
    assert_eq!(roy.call("PUT", "/api/v1/me/password", &change("ray", "roy and his boat")).status, 403);
    let weak = roy.call("PUT", "/api/v1/me/password", &change("roy", "password1"));
    assert_eq!((weak.status, weak.json()["errors"]["new_password"].is_array()), (422, true), "{}", weak.body);
    let changed = roy.call("PUT", "/api/v1/me/password", &change("roy", "roy and his boat"));
    assert_eq!(changed.status, 200, "{}", changed.body);
    assert_eq!(me(&server, access(&changed.json())), 200);
    assert_eq!(roy.get("/api/v1/me").status, 401);
    assert_eq!(me(&server, access(&elsewhere)), 401);
    assert_eq!(browser.get("/").leads_to(), (303, "/login"));
}

#[test]
fn a_cookie_opens_nothing_below_api_and_a_token_nothing_else() {
    let server = Server::seeded();
    let mut browser = server.client();
    browser.log_in("admin", "password");
    assert_eq!(browser.get("/api/v1/me").status, 401);
    assert_eq!(browser.get("/api/v1/users").status, 401);
    let mut program = server.client().program("admin", "password");
    assert_eq!(program.json().get("/").status, 401);
    assert_eq!(program.get("/api/v1/me").json()["username"], "admin");
}

#[test]
fn forged_and_foreign_tokens_are_refused() {
    let server = Server::seeded();
    let pair = server.client().pair("admin", "password");
    let token = access(&pair);
    let parts: Vec<&str> = token.split('.').collect();
    let decode = |part: &str| -> Value { serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap() };
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let (header, claims) = (decode(parts[0]), decode(parts[1]));
    assert_eq!(header, json!({ "typ": "at+jwt", "alg": "ES256", "kid": header["kid"] }));
    for claim in ["iss", "aud", "sub", "client_id", "sid", "jti", "iat", "exp"] {
        assert!(!claims[claim].is_null(), "{claim}");
    }
    let with = |value: &Value, key: &str, new: Value| {
        let mut value = value.clone();
        value[key] = new;
        value
    };
    let unsigned = |header: &Value, claims: &Value| format!("{}.{}.{}", encode(header), encode(claims), parts[2]);
    let mut forged = vec![
        format!("{}.{}.", encode(&with(&header, "alg", json!("none"))), parts[1]),
        format!("{}.{}", parts[0], parts[1]),
        unsigned(&with(&header, "kid", json!("nobody")), &claims),
        unsigned(&with(&header, "typ", json!("JWT")), &claims),
        unsigned(&with(&header, "alg", json!("HS256")), &claims),
        unsigned(&with(&header, "alg", json!("RS256")), &claims),
        format!("{token}x"),
        token.replace('.', ""),
        String::from("x"),
        format!("{}.{}.{}", parts[0], parts[1], URL_SAFE_NO_PAD.encode([0; 64])),
    ];
    forged.extend(
        ["iss", "aud", "sub", "sid", "jti", "exp"].map(|key| unsigned(&header, &with(&claims, key, json!("other")))),
    );
    for token in forged {
        let refused = server.client().bearing(&token).get("/api/v1/me");
        assert_eq!(refused.status, 401, "{token}");
        assert_eq!(refused.header("www-authenticate"), Some("Bearer realm=\"vestibule\", error=\"invalid_token\""));
    }
    assert_eq!(me(&server, token), 200);
    let twice = server.client().bearing(token).with("x-access-token", token).get("/api/v1/me");
    assert_eq!(twice.status, 400, "two tokens are none");
    let other = Server::seeded();
    assert_eq!(me(&other, token), 401, "another server's");
}

#[test]
fn a_rotated_key_verifies_on_and_a_retired_one_does_not() {
    let server = Server::seeded();
    let old = server.client().pair("roy", "roy");
    assert_eq!(server.cli(&["key", "rotate"]).code, 0);
    let new = server.client().pair("roy", "roy");
    assert_eq!((me(&server, access(&old)), me(&server, access(&new))), (200, 200));
    let keys = server.client().get("/.well-known/jwks.json").json();
    assert_eq!(keys["keys"].as_array().unwrap().len(), 2);
    let listed: Value = serde_json::from_str(&server.cli(&["key", "list", "--json"]).stdout).unwrap();
    assert_eq!((&listed[0]["state"], &listed[1]["state"]), (&json!("signs"), &json!("verifies")));
    assert_eq!(server.cli(&["key", "retire", listed[1]["id"].as_str().unwrap()]).code, 0);
    server.let_a_second_pass();
    assert_eq!((me(&server, access(&old)), me(&server, access(&new))), (401, 200));
    assert_eq!(server.cli(&["key", "retire", "nobody"]).code, 3);
    let private = server.sql("SELECT private_key FROM signing_keys");
    let der = |text: &String| base64::engine::general_purpose::STANDARD.decode(text).unwrap();
    // The identifier of keys on curves (RFC 5480), which every plain one has in it.
    let identifier = [0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01];
    let plain = |key: &String| der(key).windows(identifier.len()).any(|window| window == identifier);
    assert!(!private.iter().any(plain), "encrypted, not plain PKCS #8");
}

#[test]
fn an_operator_issues_a_token_that_ends_by_itself() {
    let server = Server::seeded();
    let issued = server.cli(&["token", "issue", "roy", "--ttl", "5"]);
    assert_eq!(issued.code, 0, "{}", issued.stderr);
    assert_eq!(me(&server, issued.stdout.trim()), 200);
    let moved = server.execute("UPDATE sessions SET expires_at = '2020-01-01 00:00:00'");
    assert_eq!(moved, 1);
    server.let_a_second_pass();
    assert_eq!(me(&server, issued.stdout.trim()), 401);
    assert_eq!(server.cli(&["token", "issue", "nobody"]).code, 3);
    server.cli(&["user", "disable", "roy"]);
    assert_eq!(server.cli(&["token", "issue", "roy"]).code, 1);
}
