//! Every body is required, and a form is described as a map: the fields of the same body in JSON, each as a text.
//!
//! A schema for both confuses openapi-python-client, which then sends an object both ways at once; and openapi-generator
//! leaves out the classes that only forms need, but imports them.

use utoipa::Modify;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{Object, ObjectBuilder, Type};
use utoipa::openapi::{OpenApi, RefOr, Required, Schema};

/// The content types of forms.
const FORMS: [&str; 2] = ["application/x-www-form-urlencoded", "multipart/form-data"];

/// Requires bodies, and describes forms.
pub(super) struct Bodies;

impl Modify for Bodies {
    fn modify(&self, document: &mut OpenApi) {
        let schemas = &mut document.components.get_or_insert_default().schemas;
        for item in document.paths.paths.values_mut() {
            for operation in [&mut item.put, &mut item.post, &mut item.patch].into_iter().flatten() {
                let Some(RefOr::T(body)) = &mut operation.request_body else { continue };
                body.required = Some(Required::True);
                for content_type in FORMS {
                    let Some(RefOr::T(content)) = body.content.get_mut(content_type) else { continue };
                    let Some(RefOr::Ref(reference)) = &content.schema else { continue };
                    let name = reference.ref_location.rsplit('/').next().unwrap_or_default().to_owned();
                    let Some(RefOr::T(Schema::Object(object))) = schemas.get(&name) else { continue };
                    content.schema = Some(RefOr::T(form_of(object).into()));
                }
                if body.content.len() > 1 {
                    operation.parameters.get_or_insert_default().push(RefOr::T(user_agent()));
                }
            }
        }
    }
}

/// What the audit and the list of logins show. openapi-python-client makes modules that don't load of calls with
/// several bodies and no optional parameter (it forgets to import `Unset`).
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

/// The fields of an object, each as a text. A form has no null: what is not known is left out.
fn form_of(object: &Object) -> Object {
    let names = object.properties.keys().map(String::as_str);
    ObjectBuilder::new()
        .description(Some("The fields of the JSON body, each as a text; the same are required."))
        .property_names(Some(ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names))))
        .additional_properties(Some(ObjectBuilder::new().schema_type(Type::String)))
        .build()
}
