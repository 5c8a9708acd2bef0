//! Posted forms. [`CheckedForm`] and [`FormOf`] are the only ways to read one: the first for forms that work for
//! everyone, such as the login, the second for those that act as whoever is logged in.
//!
//! A form is read as text first: a malformed body is 400, a field that the form does not have or that comes
//! twice is 422. Whether the texts make sense is for the handler, which answers with the page again.

mod acting;

use rocket::data::{Data, FromData, Outcome};
use rocket::http::{ContentType, Status};
use rocket::{Request, request};

use crate::http::body::{self, form};
use crate::http::problem;
use crate::http::same_origin::SameOrigin;
use crate::texts::{Given, Message};

pub use acting::{ActsAsSession, FormOf, Late};

/// A form on our pages: which fields it has and how they are read.
pub trait PostedForm: Sized {
    /// The names of its fields.
    const FIELDS: &'static [&'static str];
    /// The largest size of its body, in KiB.
    const KIBIBYTES: u64 = 16;

    /// Reads the texts of the fields; a field that was not sent is absent.
    fn read(fields: &mut Fields) -> Self;
}

/// A form that does nothing as whoever is logged in, so it needs no token of a session: logging in, signing up.
pub trait WorksForEveryone: PostedForm {}

/// A form that came from a page of ours, with no field unknown or doubled. It works for everyone, whether or not a
/// session is sent along.
#[derive(Debug)]
pub struct CheckedForm<T>(pub T);

/// The fields of a body, each at most once.
pub struct Fields {
    texts: Texts,
    refused: Vec<(String, Given)>,
}

impl Fields {
    /// These texts, each of a field of its own.
    pub fn of(texts: Texts) -> Fields {
        Fields { texts, refused: Vec::new() }
    }

    /// Takes the text of a field.
    pub fn take(&mut self, name: &str) -> Option<String> {
        let place = self.texts.iter().position(|(field, _)| field == name)?;
        Some(self.texts.swap_remove(place).1)
    }

    /// Whether a checkbox was ticked. Our pages send `on` or nothing.
    pub fn take_checkbox(&mut self, name: &str) -> bool {
        let text = self.take(name);
        if text.as_deref().is_some_and(|text| text != "on") {
            self.refused.push((name.to_owned(), Message::new("form-checkbox-invalid").into()));
        }
        text.is_some()
    }
}

#[rocket::async_trait]
impl<'r, T: WorksForEveryone> FromData<'r> for CheckedForm<T> {
    type Error = ();

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        if let request::Outcome::Error(error) = request.guard::<SameOrigin>().await {
            return Outcome::Error(error);
        }
        let form = match texts(request, data, T::KIBIBYTES).await {
            Ok(texts) => understand(request, texts),
            Err(status) => Err(status),
        };
        match form {
            Ok(form) => Outcome::Success(CheckedForm(form)),
            Err(status) => Outcome::Error((status, ())),
        }
    }
}

/// The names and texts of fields.
pub type Texts = Vec<(String, String)>;

/// Reads a body into names and texts.
async fn texts(request: &Request<'_>, data: Data<'_>, kibibytes: u64) -> Result<Texts, Status> {
    if request.content_type().map(ContentType::media_type) != Some(ContentType::Form.media_type()) {
        problem::note(request, Message::new("form-wrong-type"));
        return Err(Status::UnsupportedMediaType);
    }
    form::parse(&body::read(data, kibibytes).await?).ok_or(Status::BadRequest)
}

/// Reads the form in these texts, or says which of its fields can't be used.
fn understand<T: PostedForm>(request: &Request<'_>, texts: Texts) -> Result<T, Status> {
    let mut fields = Fields::of(check(request, texts, T::FIELDS)?);
    let form = T::read(&mut fields);
    if fields.refused.is_empty() {
        return Ok(form);
    }
    problem::note_fields(request, fields.refused);
    Err(Status::UnprocessableEntity)
}

/// Refuses fields that the form does not have, or that come twice.
fn check(request: &Request<'_>, texts: Texts, known: &[&str]) -> Result<Texts, Status> {
    let bad: Vec<(String, Given)> = texts
        .iter()
        .enumerate()
        .filter_map(|(place, (name, _))| {
            if !known.contains(&name.as_str()) {
                Some((name.clone(), Message::new("form-unknown-field").into()))
            } else if texts[..place].iter().any(|(before, _)| before == name) {
                Some((name.clone(), Message::new("form-doubled-field").into()))
            } else {
                None
            }
        })
        .collect();
    if !bad.is_empty() {
        problem::note_fields(request, bad);
        return Err(Status::UnprocessableEntity);
    }
    Ok(texts)
}
