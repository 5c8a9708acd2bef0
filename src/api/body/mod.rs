//! Request bodies of the API: JSON, and forms where a call allows them. A body is read as a draft of fields first, so
//! that one answer names all bad fields. A malformed body is a 400; a missing, unknown, repeated or invalid field is a
//! 422.

mod draft;
mod echo;
mod object;
mod sent;

use rocket::Request;
use rocket::data::{Data, FromData, Outcome};
use rocket::http::Status;
use serde_json::Value;

use self::sent::Forms;
use super::own_roles;
use crate::http::{body, problem};
use crate::texts::Given;

pub use draft::Draft;
pub use echo::Echo;

/// A body with a fixed set of fields.
pub trait Body: Sized {
    /// The size limit in kibibytes.
    const KIBIBYTES: u64 = 16;
    /// Whether it may also be a form.
    const FORM: bool = false;
    /// Whether that form may also be multipart.
    const MULTIPART: bool = false;

    /// Refuses clients that may not make this call at all, before anything is said about their fields.
    ///
    /// # Errors
    /// The status of the answer.
    fn allow(_request: &Request<'_>, _draft: &Draft) -> Result<(), Status> {
        Ok(())
    }

    /// Takes the fields out of the draft, and records in it what is wrong with them. None only if something is wrong.
    fn read(draft: &mut Draft) -> Option<Self>;
}

/// A body that was read, with all fields valid.
#[derive(Debug)]
pub struct Checked<T>(pub T);

#[rocket::async_trait]
impl<'r, T: Body> FromData<'r> for Checked<T> {
    type Error = ();

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let mut draft = match Draft::read_any(request, data, T::KIBIBYTES, Forms::of(T::FORM, T::MULTIPART)).await {
            Ok(draft) => draft,
            Err(status) => return Outcome::Error((status, ())),
        };
        if let Err(status) = T::allow(request, &draft) {
            return Outcome::Error((status, ()));
        }
        let body = T::read(&mut draft);
        if draft.is_too_large() {
            return Outcome::Error((Status::PayloadTooLarge, ()));
        }
        let errors = match (body, draft.finish()) {
            (Some(body), Ok(())) => return Outcome::Success(Checked(body)),
            (_, errors) => errors.err().unwrap_or_default(),
        };
        own_roles::note(request, &errors).await;
        let errors = errors.into_iter().map(|(name, message)| (name, Given::from(message))).collect();
        problem::note_fields(request, errors);
        Outcome::Error((Status::UnprocessableEntity, ()))
    }
}

/// A body that is any JSON value.
#[derive(Debug)]
pub struct Whole(pub Value);

#[rocket::async_trait]
impl<'r> FromData<'r> for Whole {
    type Error = ();

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        if !request.content_type().is_some_and(|content_type| content_type.is_json()) {
            problem::note(request, "Send JSON, as application/json.");
            return Outcome::Error((Status::UnsupportedMediaType, ()));
        }
        let value = match body::read(data, 24).await {
            Ok(body) => serde_json::from_slice(&body).map_err(|_| Status::BadRequest),
            Err(status) => Err(status),
        };
        match value {
            Ok(value) => Outcome::Success(Whole(value)),
            Err(status) => Outcome::Error((status, ())),
        }
    }
}
