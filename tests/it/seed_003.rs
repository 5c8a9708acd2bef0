//! The conversation of the fourth system that Vestibule replaces: JWT with sign-up by email.

use serde_json::json;

use crate::import::ROY;
use crate::import::moving_in::command;
use crate::support::Server;

#[test]
fn seed_003_jwt_with_sign_up_by_email() {
    let server = Server::open_to_all();
    let mut program = server.client();

    let form = [("name", "Zoë"), ("email", "Zoe@Example.com"), ("password", "correct horse battery")];
    let signed_up = program.post("/api/v1/users", &form);
    assert_eq!(signed_up.status, 201, "{}", signed_up.body);
    let user = signed_up.json();
    assert_eq!(user["username"], "zoe", "made from the address");
    assert_eq!((&user["name"], &user["email"]), (&json!("Zoë"), &json!("Zoe@Example.com")));
    let id = user["id"].as_str().unwrap();
    assert_eq!(id.len(), 36, "never a counter: {id}");
    assert_eq!(signed_up.header("location"), Some(format!("/api/v1/users/{id}").as_str()));
    assert_eq!(program.post("/api/v1/users", &form).status, 409, "the address is taken");

    let mut browser = server.client().browsing();
    let on_the_page = [("name", "Ben"), ("email", "Ben@Example.com"), ("password", "correct horse battery")];
    assert_eq!(browser.sign_up(&on_the_page).leads_to(), (303, "/"));
    assert!(browser.get("/").says("ben <span aria-hidden=\"true\">·</span> Ben@Example.com"), "made from the address");
    let taken = server.client().sign_up(&on_the_page);
    assert!(taken.status == 422 && taken.says("This email address belongs to another account."));

    for (field, value) in [("email", "zoe@example.com"), ("username", "zoe"), ("login", "ZOE@EXAMPLE.COM")] {
        let issued = program.post("/api/v1/tokens", &[(field, value), ("password", "correct horse battery")]);
        assert_eq!(issued.status, 200, "{field}: {}", issued.body);
        assert_eq!(issued.json()["expires_in"], 1800, "30 minutes");
    }
    let wrong = program.post("/api/v1/tokens", &[("email", "zoe@example.com"), ("password", "x")]);
    let unknown = program.post("/api/v1/tokens", &[("email", "nobody@example.com"), ("password", "x")]);
    assert_eq!((wrong.status, &wrong.body), (401, &unknown.body));
    assert_eq!(wrong.header("www-authenticate"), unknown.header("www-authenticate"), "it does not tell who exists");

    assert_eq!(program.get("/api/v1/users").status, 401);
    assert_eq!(program.program("zoe", "correct horse battery").get("/api/v1/users").status, 403);
    let token = program.pair("admin", "password")["access_token"].as_str().unwrap().to_owned();
    let listed = program.with("x-access-token", &token).get("/api/v1/users?limit=2");
    assert_eq!(listed.status, 200);
    assert_eq!(listed.json()["users"][0]["username"], "admin");
    assert_eq!(listed.json()["users"][1]["email"], "Ben@Example.com");
    assert_eq!(listed.json()["users"].as_array().unwrap().len(), 2);
    let next = listed.json()["next"].as_str().unwrap().to_owned();
    let rest = program.bearing(&token).get(&format!("/api/v1/users?after={next}"));
    assert!(rest.json()["users"].as_array().unwrap().iter().any(|user| user["email"] == "Zoe@Example.com"));
    assert!(rest.json()["next"].is_null());
    assert_eq!(program.with("x-access-token", "nonsense").get("/api/v1/users").status, 401);
}

#[test]
fn seed_003_its_users_move_in_with_their_public_ids() {
    let server = Server::empty();
    let id = "0c9ab3a0-54f8-4b5c-9d27-31bd1a3b8c55";
    server.database(
        "Database.db",
        &format!(
            "CREATE TABLE user (id INTEGER PRIMARY KEY, public_id VARCHAR(50), name VARCHAR(100), email VARCHAR(70) UNIQUE,
                password VARCHAR(80));
             INSERT INTO user (public_id, name, email, password) VALUES ('{id}', 'Zoë', 'Zoe@Example.com', '{ROY}')"
        ),
    );
    server.shell(&command("From the tutorials", "Database.db"));
    let me = server.client().program("zoe@example.com", "roy").get("/api/v1/me").json();
    assert_eq!((&me["id"], &me["name"], &me["email"]), (&json!(id), &json!("Zoë"), &json!("Zoe@Example.com")));
}
