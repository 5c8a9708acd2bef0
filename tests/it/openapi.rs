//! The OpenAPI document, and the page that is made from it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::{Server, in_process};

/// `GET /api/v1/users/{id}`, for every operation of the document.
fn described(document: &Value) -> BTreeSet<String> {
    let mut operations = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            operations.insert(format!("{} {path}", method.to_uppercase()));
        }
    }
    operations
}

#[test]
fn the_document_and_the_mounted_routes_are_the_same_set() {
    let server = Server::seeded();
    let document = server.client().get("/api/v1/openapi.json").json();
    let mounted: BTreeSet<String> = in_process::routes()
        .iter()
        .filter(|route| {
            let path = route.uri.path();
            // Those two are for browsers and people.
            let is_page = path.ends_with("/change-password") || path.ends_with("/security.txt");
            path.starts_with("/api/v1/") || (path.starts_with("/.well-known/") && !is_page)
        })
        .map(|route| format!("{} {}", route.method, route.uri.path().replace('<', "{").replace('>', "}")))
        .collect();
    assert_eq!(described(&document), mounted);
}

#[test]
fn every_call_says_what_it_may_be_answered_with() {
    let document = Server::empty().client().get("/api/v1/openapi.json").json();
    assert_eq!(document["openapi"].as_str().map(|version| &version[..3]), Some("3.1"));
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let answers = operation["responses"].as_object().unwrap();
            assert!(answers.contains_key("503"), "{method} {path}");
            let security = operation["security"].as_array().unwrap();
            assert!(security.is_empty() || answers.contains_key("401"), "{method} {path}");
            assert!(answers["503"]["$ref"].is_string() && answers["500"]["$ref"].is_string(), "{method} {path}");
            assert!(operation["summary"].is_string(), "{method} {path} has a summary");
        }
    }
}

#[test]
fn every_call_has_a_name_of_its_own_and_every_server_its_address() {
    let server = Server::empty();
    let document = server.client().get("/api/v1/openapi.json").json();
    assert_eq!(document["servers"], json!([{ "url": format!("http://127.0.0.1:{}", server.port) }]));
    let mut names = BTreeSet::new();
    for item in document["paths"].as_object().unwrap().values() {
        for operation in item.as_object().unwrap().values() {
            let name = operation["operationId"].as_str().unwrap();
            assert!(name.bytes().all(|byte| byte.is_ascii_alphabetic()), "{name}");
            assert!(names.insert(name.to_owned()), "{name} comes twice");
        }
    }
    let public = Server::prepare().public("https://login.example.com").and_start();
    let document = public.client().with("Host", "login.example.com").get("/api/v1/openapi.json").json();
    assert_eq!(document["servers"], json!([{ "url": "https://login.example.com" }]));
}

#[test]
fn what_the_document_allows_is_taken_and_what_is_longer_is_refused() {
    let server = Server::prepare().with("VESTIBULE_REGISTRATION", "open").and_start();
    let document = server.client().get("/api/v1/openapi.json").json();
    let fields = &document["components"]["schemas"]["SignUp"]["properties"];
    let most = |field: &str| fields[field]["maxLength"].as_u64().unwrap() as usize;
    let least = |field: &str| fields[field]["minLength"].as_u64().unwrap() as usize;
    let sign_up = |username: usize, name: usize, password: usize| {
        let secret: String = "q7Rv".chars().cycle().take(password).collect();
        let body = json!({ "username": "u".repeat(username), "name": "n".repeat(name), "password": secret });
        server.client().call("POST", "/api/v1/users", &body).status
    };
    let (username, name, password) = (most("username"), most("name"), most("password"));
    assert_eq!(sign_up(username, name, password), 201);
    assert_eq!(sign_up(least("username"), 1, least("password")), 201);
    let too_much = [(username + 1, 1, 20), (5, name + 1, 20), (5, 1, password + 1), (1, 1, 20), (5, 1, 7)];
    for (username, name, password) in too_much {
        assert_eq!(sign_up(username, name, password), 422, "{username} {name} {password}");
    }
    // A form has the same fields, and texts only.
    let body = &document["paths"]["/api/v1/users"]["post"]["requestBody"];
    let form = &body["content"]["application/x-www-form-urlencoded"]["schema"];
    assert_eq!(form["additionalProperties"]["type"], "string");
    assert_eq!(form["propertyNames"]["enum"].as_array().unwrap().len(), fields.as_object().unwrap().len());
}

#[test]
fn the_page_shows_every_call_to_anyone() {
    let server = Server::seeded();
    let document = server.client().get("/api/v1/openapi.json").json();
    let page = server.client().browsing().get("/api");
    assert_eq!(page.status, 200);
    for operation in described(&document) {
        let (method, path) = operation.split_once(' ').unwrap();
        assert!(page.says(&format!("{method}</span> {path}</code>")), "{operation}");
    }
    assert!(!page.body.contains("<script"));
}
