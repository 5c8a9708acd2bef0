//! Posted forms. [`CheckedForm`] is the only way to read one.
//!
//! A form is read as text first: a malformed body is 400, a field that the form does not have or that comes
//! twice is 422. Whether the texts make sense is for the handler, which answers with the page again.

use std::time::Duration;

use rocket::data::{Data, FromData, Outcome, ToByteUnit};
use rocket::http::{ContentType, Status};
use rocket::{Request, request};

use crate::http::form;
use crate::http::problem;
use crate::http::same_origin::SameOrigin;

const MAX_SIZE: u64 = 16;

/// How long a body may take to arrive: Rocket itself would wait for ever.
const PATIENCE: Duration = Duration::from_secs(10);

/// A form of ours: which fields it has and how they are read.
pub trait PostedForm: Sized {
    /// The names of its fields.
    const FIELDS: &'static [&'static str];

    /// Reads the texts of the fields; a field that was not sent is absent.
    fn read(fields: &mut Fields) -> Self;
}

/// A form that came from a page of ours, with no field unknown or doubled.
#[derive(Debug)]
pub struct CheckedForm<T>(pub T);

/// The fields of a body, each at most once.
pub struct Fields {
    texts: Vec<(String, String)>,
    refused: Vec<(String, String)>,
}

impl Fields {
    /// Takes the text of a field.
    pub fn take(&mut self, name: &str) -> Option<String> {
        let place = self.texts.iter().position(|(field, _)| field == name)?;
        Some(self.texts.swap_remove(place).1)
    }

    /// Whether a checkbox was ticked. Our pages send `on` or nothing.
    pub fn take_checkbox(&mut self, name: &str) -> bool {
        let text = self.take(name);
        if text.as_deref().is_some_and(|text| text != "on") {
            self.refused.push((name.to_owned(), "Send \"on\", or leave the field out.".to_owned()));
        }
        text.is_some()
    }
}

#[rocket::async_trait]
impl<'r, T: PostedForm> FromData<'r> for CheckedForm<T> {
    type Error = ();

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        if let request::Outcome::Error(error) = request.guard::<SameOrigin>().await {
            return Outcome::Error(error);
        }
        match read(request, data, T::FIELDS).await {
            Err(status) => Outcome::Error((status, ())),
            Ok(mut fields) => {
                let form = T::read(&mut fields);
                if fields.refused.is_empty() {
                    return Outcome::Success(CheckedForm(form));
                }
                problem::note_fields(request, fields.refused);
                Outcome::Error((Status::UnprocessableEntity, ()))
            }
        }
    }
}

async fn read(request: &Request<'_>, data: Data<'_>, known: &[&str]) -> Result<Fields, Status> {
    if request.content_type().map(ContentType::media_type) != Some(ContentType::Form.media_type()) {
        problem::note(request, "This address takes a form: send it as application/x-www-form-urlencoded.");
        return Err(Status::UnsupportedMediaType);
    }
    let body = tokio::time::timeout(PATIENCE, data.open(MAX_SIZE.kibibytes()).into_bytes());
    let body = body.await.map_err(|_| Status::RequestTimeout)?.map_err(|_| Status::BadRequest)?;
    if !body.is_complete() {
        return Err(Status::PayloadTooLarge);
    }
    let fields = form::parse(&body).ok_or(Status::BadRequest)?;
    let bad: Vec<(String, String)> = fields
        .iter()
        .enumerate()
        .filter_map(|(place, (name, _))| {
            if !known.contains(&name.as_str()) {
                Some((name.clone(), "This form has no such field.".to_owned()))
            } else if fields[..place].iter().any(|(before, _)| before == name) {
                Some((name.clone(), "This field came twice.".to_owned()))
            } else {
                None
            }
        })
        .collect();
    if !bad.is_empty() {
        problem::note_fields(request, bad);
        return Err(Status::UnprocessableEntity);
    }
    Ok(Fields { texts: fields, refused: Vec::new() })
}
