//! Marks every body as required, and describes a form as a map: the fields of the same body in JSON, each as a text.
//!
//! One schema for both would break generated clients: openapi-python-client sends an object both ways at once, and
//! openapi-generator leaves out the classes that only forms need, but imports them.

use utoipa::Modify;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::{Content, ContentBuilder, Object, ObjectBuilder, OpenApi, RefOr, Required, Schema, Type};

/// The content types of forms.
const FORMS: [&str; 2] = ["application/x-www-form-urlencoded", "multipart/form-data"];

/// Requires bodies, and describes forms.
pub(super) struct Bodies;

impl Modify for Bodies {
    fn modify(&self, document: &mut OpenApi) {
        let (mut forms, mut in_json) = (Vec::new(), Vec::new());
        let schemas = &mut document.components.get_or_insert_default().schemas;
        for item in document.paths.paths.values_mut() {
            for operation in [&mut item.put, &mut item.post, &mut item.patch].into_iter().flatten() {
                let Some(RefOr::T(body)) = &mut operation.request_body else { continue };
                body.required = Some(Required::True);
                let json = body.content.get("application/json").and_then(name_of);
                for content_type in FORMS {
                    let Some(content) = body.content.get_mut(content_type) else { continue };
                    let Some(name) = name_of(content) else { continue };
                    let Some(RefOr::T(Schema::Object(object))) = schemas.get(&name) else { continue };
                    let form = form_of(object, json.as_ref() == Some(&name));
                    *content = ContentBuilder::new().schema(Some(form)).build().into();
                    forms.push(name);
                }
                in_json.extend(json);
                if body.content.len() > 1 {
                    operation.parameters.get_or_insert_default().push(RefOr::T(user_agent()));
                }
            }
        }
        forms.retain(|name| !in_json.contains(name));
        schemas.retain(|name, _| !forms.contains(name));
    }
}

/// The name of the schema of a body.
fn name_of(content: &RefOr<Content>) -> Option<String> {
    let RefOr::T(Content { schema: Some(RefOr::Ref(reference)), .. }) = content else { return None };
    Some(reference.ref_location.rsplit('/').next()?.to_owned())
}

/// The header `User-Agent`, which the audit and the list of logins show. It is declared because openapi-python-client
/// otherwise makes broken modules of calls with several bodies and no optional parameter: it forgets to import `Unset`.
fn user_agent() -> Parameter {
    ParameterBuilder::new()
        .name("User-Agent")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "What the program is called in the audit and in the list of logins; at most 255 bytes are kept",
        ))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .build()
}

/// The fields of an object, each as a text. A form has no null, so unknown values are left out. Fields that JSON does
/// not have are described in words.
fn form_of(object: &Object, same_as_json: bool) -> Object {
    let description = if same_as_json {
        "The fields of the JSON body, each as a text; the same are required.".to_owned()
    } else {
        let about = |field: &RefOr<Schema>| match field {
            RefOr::T(Schema::Object(field)) => field.description.clone().unwrap_or_default(),
            _ => String::new(),
        };
        let fields = object.properties.iter().map(|(name, field)| format!("- `{name}`: {}", about(field)));
        let own = object.description.iter().cloned();
        own.chain([String::new()]).chain(fields).collect::<Vec<_>>().join("\n")
    };
    let names = object.properties.keys().map(String::as_str);
    ObjectBuilder::new()
        .description(Some(description))
        .property_names(Some(ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names))))
        .additional_properties(Some(ObjectBuilder::new().schema_type(Type::String)))
        .build()
}
