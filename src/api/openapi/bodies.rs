//! A form is described by a schema of its own, beside that of the same body in JSON.
//!
//! Some generators make a class of each schema and can't tell by which content type to send an object when two have
//! the same. A form also has no null: its fields are texts, or left out.

use utoipa::Modify;
use utoipa::openapi::schema::{SchemaType, Type};
use utoipa::openapi::{OpenApi, Ref, RefOr, Schema};

/// The content types of forms, and what a schema's name gets behind it.
const FORMS: &[(&str, &str)] = &[("application/x-www-form-urlencoded", "Form"), ("multipart/form-data", "Multipart")];

/// Gives each form its own schema.
pub(super) struct FormBodies;

impl Modify for FormBodies {
    fn modify(&self, document: &mut OpenApi) {
        let schemas = &mut document.components.get_or_insert_default().schemas;
        for item in document.paths.paths.values_mut() {
            for operation in [&mut item.put, &mut item.post, &mut item.patch].into_iter().flatten() {
                let Some(RefOr::T(body)) = &mut operation.request_body else { continue };
                for (content_type, suffix) in FORMS {
                    let Some(RefOr::T(content)) = body.content.get_mut(*content_type) else { continue };
                    let Some(RefOr::Ref(reference)) = &content.schema else { continue };
                    let name = reference.ref_location.rsplit('/').next().unwrap_or_default().to_owned();
                    let Some(RefOr::T(Schema::Object(object))) = schemas.get(&name) else { continue };
                    let mut form = object.clone();
                    form.properties.values_mut().for_each(make_text);
                    let own = format!("{name}{suffix}");
                    content.schema = Some(Ref::from_schema_name(&own).into());
                    schemas.insert(own, RefOr::T(Schema::Object(form)));
                }
            }
        }
    }
}

/// Whatever it is in JSON, in a form it is a text.
fn make_text(property: &mut RefOr<Schema>) {
    if let RefOr::T(Schema::Object(object)) = property {
        object.schema_type = SchemaType::Type(Type::String);
    }
}
