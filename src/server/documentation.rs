//! `GET /api`: the documentation for programmers, as a page made from the OpenAPI document. It stands on this
//! floor because it joins the two doors: what JSON offers, shown as a page.

use rocket::{Either, Route, get, routes};
use serde_json::{Map, Value, json};

use crate::api::openapi;
use crate::http::who::Visitor;
use crate::web::page::{Layout, Page};
use crate::web::rendered_once::PageForStrangers;

#[get("/api")]
fn index(layout: Layout<'_>) -> Either<Page, PageForStrangers> {
    let flash = layout.take_flash();
    match (&layout.visitor, &flash) {
        (Visitor::Stranger, None) => Either::Right(PageForStrangers::new(TEMPLATE, |_| context())),
        _ => Either::Left(layout.page_with(TEMPLATE, context(), flash.as_ref())),
    }
}

const TEMPLATE: &str = "api/index";

/// The template's context, the same for everyone.
fn context() -> Value {
    let document = serde_json::to_value(openapi::document()).unwrap_or_default();
    let components = &document["components"];
    let mut groups: Vec<(String, Vec<Value>)> = Vec::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let tag = operation["tags"][0].as_str().unwrap_or_default().to_owned();
            let call = call(path, method, operation, components);
            match groups.iter_mut().find(|(name, _)| *name == tag) {
                Some((_, calls)) => calls.push(call),
                None => groups.push((tag, vec![call])),
            }
        }
    }
    let (groups, common) = tell_common_answers_once(groups);
    json!({ "description": document["info"]["description"], "groups": groups, "common": common })
}

/// An answer that at least this many calls share is listed once for all of them.
const COMMON: usize = 8;

/// The groups without the answers that many calls give, and those.
fn tell_common_answers_once(groups: Vec<(String, Vec<Value>)>) -> (Vec<Value>, Vec<Value>) {
    let answers =
        |calls: &[Value]| calls.iter().flat_map(|call| call["answers"].as_array().cloned()).flatten().collect();
    let all: Vec<Value> = groups.iter().flat_map(|(_, calls)| -> Vec<Value> { answers(calls) }).collect();
    let is_common = |answer: &Value| all.iter().filter(|other| *other == answer).count() >= COMMON;
    let mut common: Vec<Value> = Vec::new();
    for answer in all.iter().filter(|answer| is_common(answer)) {
        if !common.contains(answer) {
            common.push(answer.clone());
        }
    }
    common.sort_by_key(|answer| answer["status"].to_string());
    let without = |mut call: Value| {
        if let Some(answers) = call["answers"].as_array_mut() {
            answers.retain(|answer| !is_common(answer));
        }
        call
    };
    let group = |(name, calls): (String, Vec<Value>)| json!({ "name": name, "calls": calls.into_iter().map(without).collect::<Vec<_>>() });
    (groups.into_iter().map(group).collect(), common)
}

/// The fragment of the address that unfolds a call: letters, digits and hyphens.
fn id(method: &str, path: &str) -> String {
    let words = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    [method].into_iter().chain(words).collect::<Vec<_>>().join("-")
}

/// One call, as the template shows it.
fn call(path: &str, method: &str, operation: &Value, components: &Value) -> Value {
    let schemas = &components["schemas"];
    let parameters = operation["parameters"].as_array().into_iter().flatten().map(|parameter| {
        json!({
            "name": parameter["name"],
            "place": match parameter["in"].as_str() {
                Some("path") => "in the path",
                Some("header") => "a header",
                _ => "in the query",
            },
            "description": parameter["description"],
        })
    });
    let body = operation["requestBody"]["content"]["application/json"]["schema"].clone();
    let answers = operation["responses"].as_object().into_iter().flatten().map(|(status, answer)| {
        let told_once = answer["$ref"].as_str().and_then(|reference| reference.rsplit('/').next());
        let answer = told_once.map_or(answer, |name| &components["responses"][name]);
        let schema = &answer["content"]["application/json"]["schema"];
        json!({ "status": status, "description": answer["description"], "fields": fields(schema, schemas) })
    });
    json!({
        "id": id(method, path),
        "method": method.to_uppercase(),
        "path": path,
        "summary": operation["summary"].as_str().unwrap_or_default().replace('`', ""),
        "bearer": needs_token(operation),
        "parameters": parameters.collect::<Vec<_>>(),
        "body": fields(&body, schemas),
        "answers": answers.collect::<Vec<_>>(),
    })
}

/// Whether a call is refused without an access token: whoever may also come without has an empty requirement, or none.
fn needs_token(operation: &Value) -> bool {
    let ways = operation["security"].as_array().map_or(&[][..], Vec::as_slice);
    !ways.is_empty() && ways.iter().all(|way| way["bearer"].is_array())
}

/// The fields of an object, with what each is; none for anything else.
fn fields(schema: &Value, schemas: &Value) -> Vec<Value> {
    let named = schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next());
    let object = named.map_or(schema, |name| &schemas[name]);
    let required = object["required"].as_array().cloned().unwrap_or_default();
    let properties: &Map<String, Value> = match object["properties"].as_object() {
        Some(properties) => properties,
        None => return Vec::new(),
    };
    let field = |(name, property): (&String, &Value)| {
        json!({
            "name": name,
            "description": property["description"].as_str().map(|text| text.replace('`', "")),
            "required": required.iter().any(|required| required == name),
        })
    };
    properties.iter().map(field).collect()
}

/// The route of this feature.
pub(super) fn routes() -> Vec<Route> {
    routes![index]
}
