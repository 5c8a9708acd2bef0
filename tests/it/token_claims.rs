//! What an access token says of its owner, and whom it is for.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::support::Server;

/// What the access token of a pair says.
fn claims(pair: &Value) -> Value {
    let token = pair["access_token"].as_str().unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap()).unwrap()
}

fn id(server: &Server) -> String {
    server.sql("SELECT id FROM users WHERE username = 'roy'").remove(0)
}

#[test]
fn a_token_says_who_it_is_and_nothing_more() {
    let server = Server::prepare().and_seed();
    server.cli(&["user", "role", "add", "roy", "sailor"]);
    server.cli(&["user", "role", "add", "roy", "editor"]);
    server.execute("UPDATE users SET display_name = 'Roy Ä.', email = 'roy@example.com' WHERE username = 'roy'");
    let server = server.and_start();
    let pair = server.client().pair("roy", "roy");
    let said = claims(&pair);
    let session = server.sql("SELECT id FROM sessions").remove(0);
    assert_eq!(
        said,
        json!({
            "iss": "vestibule", "aud": "vestibule", "sub": id(&server), "client_id": "vestibule", "sid": session,
            "jti": said["jti"], "iat": said["iat"], "exp": said["iat"].as_i64().unwrap() + 1800,
            "roles": ["editor", "sailor"], "preferred_username": "roy", "name": "Roy Ä.",
        })
    );
    let refresh = json!({ "refresh_token": pair["refresh_token"] });
    let next = claims(&server.client().call("POST", "/api/v1/tokens/refresh", &refresh).json());
    assert_eq!((&next["sid"], &next["roles"], &next["name"]), (&said["sid"], &said["roles"], &said["name"]));
    assert_ne!(next["jti"], said["jti"]);
    let issued = server.cli(&["token", "issue", "roy", "--json"]).stdout;
    assert_eq!(claims(&serde_json::from_str(&issued).unwrap())["roles"], json!(["editor", "sailor"]));
}

#[test]
fn settings_add_audiences_and_the_address() {
    let server = Server::prepare()
        .public("http://127.0.0.1")
        .with("VESTIBULE_AUDIENCE", r#"["https://api.example.com", "orders", "http://127.0.0.1"]"#)
        .with("VESTIBULE_TOKEN_EMAIL", "true")
        .and_seed();
    server.execute("UPDATE users SET email = 'roy@example.com' WHERE username = 'roy'");
    let server = server.and_start();
    let client = server.client().with("Host", "127.0.0.1");
    let said = claims(&client.clone().pair("roy", "roy"));
    assert_eq!(said["iss"], "http://127.0.0.1");
    assert_eq!(said["aud"], json!(["http://127.0.0.1", "https://api.example.com", "orders"]), "the issuer first, once");
    assert_eq!(said["email"], "roy@example.com");
    assert!(claims(&client.clone().pair("python", "python"))["email"].is_null(), "who has none");
    assert_eq!(client.program("roy", "roy").get("/api/v1/me").status, 200, "it is for this server too");
}

#[test]
fn an_audience_that_can_t_be_one_stops_the_start() {
    for bad in [r#"[""]"#, r#"["a b"]"#] {
        let refused = Server::prepare().with("VESTIBULE_AUDIENCE", bad).refuses_to_start(&["serve"]);
        let said = "use a list such as [\"https://api.example.com\"]";
        assert!(refused.stderr.contains("vestibule.audience") && refused.stderr.contains(said), "{}", refused.stderr);
    }
}

#[test]
fn whoever_has_a_great_many_roles_still_gets_a_token_that_can_be_sent() {
    let server = Server::seeded();
    let user = id(&server);
    let give = |numbers: std::ops::Range<u32>| {
        let rows = numbers.map(|number| format!("('{user}', 'a-role-with-a-long-name-{number:04}')"));
        let rows = rows.collect::<Vec<_>>().join(", ");
        server.execute(&format!("INSERT INTO user_roles (user_id, role) VALUES {rows}"));
    };
    give(0..60);
    let some = server.client().pair("roy", "roy");
    assert_eq!(claims(&some)["roles"].as_array().unwrap().len(), 60);
    give(60..2000);
    let many = server.client().pair("roy", "roy");
    assert!(claims(&many)["roles"].is_null(), "none rather than some");
    for pair in [some, many] {
        let mut program = server.client().bearing(pair["access_token"].as_str().unwrap());
        assert_eq!(program.get("/api/v1/me").json()["roles"].as_array().unwrap().len(), 2000, "the server knows all");
    }
}
