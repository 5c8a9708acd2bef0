//! The conversation of the fifth system that Vestibule replaces: register and log in with a piece of data.

use serde_json::json;

use crate::import::moving_in::{MD5, command};
use crate::support::Server;

#[test]
fn seed_004_register_and_log_in_with_a_piece_of_data_per_user() {
    let mut server = Server::prepare().and_open().and_start();
    let mut program = server.client();
    let wanted = json!({ "username": "zoe", "password": "correct horse battery", "data": { "colour": "blue", "list": [1, 2.5, null] } });

    let registered = program.call("POST", "/api/v1/users", &wanted);
    assert_eq!(registered.status, 201, "{}", registered.body);
    let mut browser = server.client().browsing();
    assert_eq!(browser.sign_up_as("ben").leads_to(), (303, "/"), "or on the page, which shows the rules");
    let already = server.client().sign_up_as("zoe");
    assert!(already.status == 422 && already.says("This username is taken."));
    let robot = [("username", "bot"), ("password", "correct horse battery"), ("website", "https://spam.example")];
    assert_eq!(server.client().sign_up(&robot).status, 422, "there are measures against robots");
    let asking = Server::prepare().and_open().with("VESTIBULE_CAPTCHA", "always").and_start();
    let asked = asking.client().call("POST", "/api/v1/users", &wanted);
    assert_eq!((asked.status, &asked.json()["type"]), (403, &json!("urn:vestibule:captcha-required")), "a captcha");
    let again = program.call("POST", "/api/v1/users", &wanted);
    assert_eq!(again.status, 409);
    assert!(again.json()["errors"]["username"].is_array(), "{}", again.body);

    let mut zoe = program.program("zoe", "correct horse battery");
    assert_eq!(zoe.get("/api/v1/me/data").json(), wanted["data"]);
    let replaced = zoe.call("PUT", "/api/v1/me/data", &json!("just a text"));
    assert_eq!((replaced.status, replaced.json()), (200, json!("just a text")));

    server.kill();
    server.start(&["serve"]);
    let mut zoe = server.client().program("zoe", "correct horse battery");
    assert_eq!(zoe.get("/api/v1/me/data").json(), json!("just a text"), "in the database");
    assert_eq!(zoe.bare("DELETE", "/api/v1/me/data").status, 204);
    assert_eq!(zoe.get("/api/v1/me/data").status, 404);

    let in_the_address = server.client().bare("POST", "/api/v1/tokens?username=zoe&password=correct+horse+battery");
    assert_eq!(in_the_address.status, 422, "credentials are never read from an address");
    assert_eq!(in_the_address.json()["errors"]["password"][0], "Unknown parameter.");
    let hash = server.sql("SELECT password_hash FROM users WHERE username = 'zoe'");
    assert!(hash[0].starts_with("$bcrypt-sha256$"), "not MD5: {hash:?}");
    let weak = server.client().call("POST", "/api/v1/users", &json!({ "username": "roy", "password": "roy" }));
    assert_eq!(weak.status, 422, "there are password requirements");
}

#[test]
fn seed_004_its_users_move_in_with_their_data_and_without_md5() {
    let server = Server::empty();
    // The key-value database holds texts of JSON.
    let zoe = json!({ "password": MD5, "data": "my data" }).to_string();
    let file = json!({ "Zoe": zoe, "ben": { "password": MD5, "data": { "colour": "blue" } } });
    server.file("users.json", &file.to_string());
    server.shell(&command("From the tutorials", "--wrap-weak"));
    let hashes = server.sql("SELECT password_hash FROM users");
    assert!(hashes.iter().all(|hash| hash.starts_with("$bcrypt-sha256-of-md5$")), "{hashes:?}");
    let mut zoe = server.client().program("zoe", "password");
    assert_eq!(zoe.get("/api/v1/me/data").json(), json!("my data"));
    let mut ben = server.client().program("ben", "password");
    assert_eq!(ben.get("/api/v1/me/data").json(), json!({ "colour": "blue" }));
    let hashes = server.sql("SELECT password_hash FROM users");
    assert!(hashes.iter().all(|hash| hash.starts_with("$bcrypt-sha256$v=2")), "replaced at the login: {hashes:?}");
}
