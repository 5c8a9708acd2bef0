//! How long each field that is sent may be, what it is made of, and between which words a parameter chooses: from the
//! same constants as the code that checks it.

use serde_json::Value;
use utoipa::Modify;
use utoipa::openapi::path::{Operation, Parameter};
use utoipa::openapi::schema::{Object, Schema};
use utoipa::openapi::{OpenApi, RefOr};

use crate::accounts::names::{DisplayName, EmailAddress, Username};
use crate::accounts::password::NewPassword;
use crate::accounts::user::MAX_QUERY;
use crate::accounts::user::role::RoleName;
use crate::todos::{Description, Due, Order, Sort, Title};

/// What a text has to be like.
enum Limit {
    /// From so many to so many characters.
    Length(usize, usize),
    /// The same, of these characters only.
    Pattern(usize, usize, &'static str),
    /// One of these words.
    Words(&'static [&'static str]),
}

const USERNAME: Limit = Limit::Pattern(Username::MIN, Username::MAX, Username::PATTERN);
const NAME: Limit = Limit::Length(1, DisplayName::MAX);
const EMAIL: Limit = Limit::Pattern(3, EmailAddress::MAX, EmailAddress::PATTERN);
const DUE: Limit = Limit::Pattern(Due::LENGTH, Due::LENGTH, Due::PATTERN);
const NEW_PASSWORD: Limit = Limit::Length(NewPassword::MIN, NewPassword::MAX);
const NOT_EMPTY: Limit = Limit::Length(1, usize::MAX);
const ROLE: Limit = Limit::Pattern(1, RoleName::MAX, RoleName::PATTERN);
const TITLE: Limit = Limit::Length(1, Title::MAX);
const DESCRIPTION: Limit = Limit::Length(0, Description::MAX);

/// The fields of bodies: schema, field, limit.
const FIELDS: &[(&str, &str, Limit)] = &[
    ("Credentials", "login", NOT_EMPTY),
    ("Credentials", "username", NOT_EMPTY),
    ("Credentials", "email", NOT_EMPTY),
    ("Credentials", "password", NOT_EMPTY),
    ("Refresh", "refresh_token", NOT_EMPTY),
    ("Revocation", "token", NOT_EMPTY),
    ("SignUp", "username", USERNAME),
    ("SignUp", "name", NAME),
    ("SignUp", "email", EMAIL),
    ("SignUp", "password", NEW_PASSWORD),
    ("UserChanges", "username", USERNAME),
    ("UserChanges", "name", NAME),
    ("UserChanges", "email", EMAIL),
    ("OwnChanges", "name", NAME),
    ("OwnChanges", "email", EMAIL),
    ("PasswordChange", "current_password", NOT_EMPTY),
    ("PasswordChange", "new_password", NEW_PASSWORD),
    ("TodoBody", "title", TITLE),
    ("TodoBody", "description", DESCRIPTION),
    ("TodoBody", "due", DUE),
    ("TodoReplacement", "title", TITLE),
    ("TodoReplacement", "description", DESCRIPTION),
    ("TodoReplacement", "due", DUE),
    ("TodoChanges", "title", TITLE),
    ("TodoChanges", "description", DESCRIPTION),
    ("TodoChanges", "due", DUE),
];

/// The parameters: operation, name, limit.
const PARAMETERS: &[(&str, &str, Limit)] = &[
    ("listTodos", "sort", Limit::Words(Sort::WORDS)),
    ("listTodos", "order", Limit::Words(Order::WORDS)),
    ("listUsers", "query", Limit::Length(0, MAX_QUERY)),
    ("addRole", "role", ROLE),
    ("removeRole", "role", ROLE),
];

/// Puts them into the document.
pub(super) struct Limits;

impl Modify for Limits {
    fn modify(&self, document: &mut OpenApi) {
        let schemas = &mut document.components.get_or_insert_default().schemas;
        for (schema, field, limit) in FIELDS {
            if let Some(RefOr::T(Schema::Object(schema))) = schemas.get_mut(*schema)
                && let Some(RefOr::T(Schema::Object(field))) = schema.properties.get_mut(*field)
            {
                limit.put_on(field);
            }
        }
        for item in document.paths.paths.values_mut() {
            for operation in [&mut item.get, &mut item.put, &mut item.delete].into_iter().flatten() {
                limit_parameters(operation);
            }
        }
    }
}

fn limit_parameters(operation: &mut Operation) {
    let id = operation.operation_id.as_deref();
    let ours = PARAMETERS.iter().filter(|(operation, ..)| Some(*operation) == id);
    for (_, name, limit) in ours {
        let parameters = operation.parameters.iter_mut().flatten();
        for parameter in parameters {
            if let RefOr::T(Parameter { name: known, schema: Some(RefOr::T(Schema::Object(object))), .. }) = parameter
                && known == name
            {
                limit.put_on(object);
            }
        }
    }
}

impl Limit {
    fn put_on(&self, object: &mut Object) {
        let (min, max) = match self {
            Limit::Length(min, max) | Limit::Pattern(min, max, _) => (*min, *max),
            Limit::Words(words) => {
                object.enum_values = Some(words.iter().copied().map(Value::from).collect());
                return;
            }
        };
        object.min_length = Some(min).filter(|min| *min > 0);
        object.max_length = Some(max).filter(|max| *max < usize::MAX);
        if let Limit::Pattern(_, _, pattern) = self {
            object.pattern = Some((*pattern).to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::openapi;

    #[test]
    fn every_limit_has_its_place_in_the_document() {
        let document = serde_json::to_value(openapi::document()).unwrap();
        for (schema, field, _) in FIELDS {
            let field = &document["components"]["schemas"][schema]["properties"][field];
            assert!(field["minLength"].is_u64() || field["maxLength"].is_u64(), "{schema}: {field}");
        }
        let operations: Vec<&Value> = document["paths"]
            .as_object()
            .unwrap()
            .values()
            .flat_map(|item| item.as_object().unwrap().values())
            .collect();
        for (id, name, _) in PARAMETERS {
            let operation = operations.iter().find(|operation| operation["operationId"] == *id).unwrap();
            let parameters = operation["parameters"].as_array().unwrap();
            let schema = &parameters.iter().find(|parameter| parameter["name"] == *name).unwrap()["schema"];
            assert!(schema["maxLength"].is_u64() || schema["enum"].is_array(), "{id}: {name}: {schema}");
        }
    }

    #[test]
    fn every_text_that_is_sent_has_a_limit() {
        let document = serde_json::to_value(openapi::document()).unwrap();
        let items = document["paths"].as_object().unwrap().values();
        for operation in items.flat_map(|item| item.as_object().unwrap().values()) {
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"]["$ref"];
            let Some(name) = schema.as_str().and_then(|reference| reference.rsplit('/').next()) else { continue };
            for (field, about) in document["components"]["schemas"][name]["properties"].as_object().unwrap() {
                let is_text = about["type"].to_string().contains("string");
                // It may be anything: an unknown one does no harm.
                let is_free = field == "device";
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
}
