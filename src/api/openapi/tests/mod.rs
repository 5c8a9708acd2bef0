//! Tests of the limits that the document states.

use serde_json::Value;

use super::document;
use super::limits::{FIELDS, PARAMETERS};
use crate::todos::{Order, Sort};

#[test]
fn every_limit_has_its_place_in_the_document() {
    let document = serde_json::to_value(document()).unwrap();
    for (schema, field, _) in FIELDS {
        let field = &document["components"]["schemas"][schema]["properties"][field];
        assert!(field["minLength"].is_u64() || field["maxLength"].is_u64(), "{schema}: {field}");
    }
    let operations: Vec<&Value> =
        document["paths"].as_object().unwrap().values().flat_map(|item| item.as_object().unwrap().values()).collect();
    for (id, name, _) in PARAMETERS {
        let operation = operations.iter().find(|operation| operation["operationId"] == *id).unwrap();
        let parameters = operation["parameters"].as_array().unwrap();
        let schema = &parameters.iter().find(|parameter| parameter["name"] == *name).unwrap()["schema"];
        assert!(schema["maxLength"].is_u64() || schema["enum"].is_array(), "{id}: {name}: {schema}");
    }
}

#[test]
fn every_text_that_is_sent_has_a_limit() {
    let document = serde_json::to_value(document()).unwrap();
    let items = document["paths"].as_object().unwrap().values();
    for operation in items.flat_map(|item| item.as_object().unwrap().values()) {
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"]["$ref"];
        let Some(name) = schema.as_str().and_then(|reference| reference.rsplit('/').next()) else { continue };
        for (field, about) in document["components"]["schemas"][name]["properties"].as_object().unwrap() {
            let is_text = about["type"].to_string().contains("string");
            // These accept any text: an unknown device is ignored, and a captcha answer is simply right or wrong.
            let is_free = ["device", "captcha", "captcha_answer"].contains(&field.as_str());
            let limited = ["minLength", "maxLength", "enum"].iter().any(|limit| !about[limit].is_null());
            assert!(!is_text || is_free || limited, "{name}: {field} has no limit in FIELDS");
        }
    }
}

#[test]
fn the_words_of_the_document_are_those_that_are_understood() {
    assert!(Sort::WORDS.iter().all(|word| word.parse::<Sort>().is_ok()));
    assert!(Order::WORDS.iter().all(|word| word.parse::<Order>().is_ok()));
}
