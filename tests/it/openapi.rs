//! The OpenAPI document, and the page that is made from it.

use std::collections::BTreeSet;

use serde_json::Value;

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
        .filter(|route| route.uri.path().starts_with("/api/v1/") || route.uri.path().starts_with("/.well-known/"))
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
            assert_eq!(
                operation["security"].is_array(),
                answers.contains_key("401") && operation["security"].is_array()
            );
            assert!(operation["summary"].is_string(), "{method} {path} has a summary");
        }
    }
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
