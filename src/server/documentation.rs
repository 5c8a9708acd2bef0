//! `GET /api`: the documentation for programmers, as a page made from the OpenAPI document. It stands on this
//! floor because it joins the two doors: what JSON offers, shown as a page.

use rocket::{Route, get, routes};
use serde_json::{Map, Value, json};

use crate::api::openapi;
use crate::web::page::{Layout, Page};

#[get("/api")]
fn index(layout: Layout<'_>) -> Page {
    let document = serde_json::to_value(openapi::document()).unwrap_or_default();
    let schemas = &document["components"]["schemas"];
    let mut groups: Vec<(String, Vec<Value>)> = Vec::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let tag = operation["tags"][0].as_str().unwrap_or_default().to_owned();
            let call = call(path, method, operation, schemas);
            match groups.iter_mut().find(|(name, _)| *name == tag) {
                Some((_, calls)) => calls.push(call),
                None => groups.push((tag, vec![call])),
            }
        }
    }
    let groups: Vec<Value> = groups.into_iter().map(|(name, calls)| json!({ "name": name, "calls": calls })).collect();
    let context = json!({ "description": document["info"]["description"], "groups": groups });
    layout.page("api/index", context)
}

/// One call, as the template shows it.
fn call(path: &str, method: &str, operation: &Value, schemas: &Value) -> Value {
    let parameters = operation["parameters"].as_array().into_iter().flatten().map(|parameter| {
        json!({
            "name": parameter["name"],
            "place": if parameter["in"] == "path" { "in the path" } else { "in the query" },
            "description": parameter["description"],
        })
    });
    let body = operation["requestBody"]["content"]["application/json"]["schema"].clone();
    let answers = operation["responses"].as_object().into_iter().flatten().map(|(status, answer)| {
        let schema = &answer["content"]["application/json"]["schema"];
        json!({ "status": status, "description": answer["description"], "fields": fields(schema, schemas) })
    });
    json!({
        "id": operation["operationId"],
        "method": method.to_uppercase(),
        "path": path,
        "summary": operation["summary"].as_str().unwrap_or_default().replace('`', ""),
        "bearer": operation["security"].is_array(),
        "parameters": parameters.collect::<Vec<_>>(),
        "body": fields(&body, schemas),
        "answers": answers.collect::<Vec<_>>(),
    })
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
