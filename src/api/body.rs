//! Bodies for programs: JSON, and a form where that is said. Read as a draft of fields first, so that every bad
//! field is named at once: a malformed body is 400, a missing, unknown, doubled or invalid field 422.

use std::fmt;
use std::time::Duration;

use rocket::Request;
use rocket::data::{Data, FromData, Outcome, ToByteUnit};
use rocket::http::Status;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::own_roles;
use crate::accounts::password::Rules;
use crate::http::accounts;
use crate::http::form;
use crate::http::problem;

/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_secs(10);

/// A body of ours: which fields it has.
pub trait Body: Sized {
    /// The most kibibytes that it may have.
    const KIBIBYTES: u64 = 16;
    /// Whether it may also be a form.
    const FORM: bool = false;

    /// Takes the fields out of the draft, and notes in it what is wrong with them. None only when something is.
    fn read(draft: &mut Draft) -> Option<Self>;
}

/// A body that was read, with every field understood.
#[derive(Debug)]
pub struct Checked<T>(pub T);

#[rocket::async_trait]
impl<'r, T: Body> FromData<'r> for Checked<T> {
    type Error = ();

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let mut draft = match Draft::read(request, data, T::KIBIBYTES, T::FORM).await {
            Ok(draft) => draft,
            Err(status) => return Outcome::Error((status, ())),
        };
        let body = T::read(&mut draft);
        if draft.too_large {
            return Outcome::Error((Status::PayloadTooLarge, ()));
        }
        let errors = match (body, draft.finish()) {
            (Some(body), Ok(())) => return Outcome::Success(Checked(body)),
            (_, errors) => errors.err().unwrap_or_default(),
        };
        own_roles::note(request, &errors).await;
        problem::note_fields(request, errors);
        Outcome::Error((Status::UnprocessableEntity, ()))
    }
}

/// A body that is one JSON value, whatever it is.
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
        let value = match bytes(data, 24).await {
            Ok(body) => serde_json::from_slice(&body).map_err(|_| Status::BadRequest),
            Err(status) => Err(status),
        };
        match value {
            Ok(value) => Outcome::Success(Whole(value)),
            Err(status) => Outcome::Error((status, ())),
        }
    }
}

/// The fields of a body, and what is wrong with them. No `Debug`: some are passwords.
pub struct Draft {
    fields: Vec<(String, Value)>,
    errors: Vec<(String, String)>,
    too_large: bool,
    /// What a new password has to be like, here.
    pub password_rules: Rules,
}

impl Draft {
    /// Reads a JSON object, or a form where that is allowed.
    ///
    /// # Errors
    /// The status of the answer: 400, 408, 413, 415.
    pub async fn read(request: &Request<'_>, data: Data<'_>, kibibytes: u64, form: bool) -> Result<Draft, Status> {
        let content_type = request.content_type();
        let is_form = form && content_type.is_some_and(|content_type| content_type.is_form());
        if !is_form && !content_type.is_some_and(|content_type| content_type.is_json()) {
            problem::note(request, "Send JSON, as application/json.");
            return Err(Status::UnsupportedMediaType);
        }
        let body = bytes(data, kibibytes).await?;
        let fields = if is_form {
            let pairs = form::parse(&body).ok_or(Status::BadRequest)?;
            pairs.into_iter().map(|(name, text)| (name, Value::String(text))).collect()
        } else {
            let object: Object = serde_json::from_slice(&body).map_err(|_| {
                problem::note(request, "The body is not a JSON object.");
                Status::BadRequest
            })?;
            object.0
        };
        let password_rules = accounts(request).password_rules.clone();
        Ok(Draft { fields, errors: Vec::new(), too_large: false, password_rules })
    }

    /// Takes a field as it is; null counts as absent.
    pub fn value(&mut self, name: &str) -> Option<Value> {
        self.raw(name).filter(|value| !value.is_null())
    }

    /// Takes a field as it is, null included, which says that something shall be removed.
    pub fn raw(&mut self, name: &str) -> Option<Value> {
        let place = self.fields.iter().position(|(field, _)| field == name)?;
        let (_, value) = self.fields.remove(place);
        if self.fields.iter().any(|(field, _)| field == name) {
            self.fields.retain(|(field, _)| field != name);
            self.refuse(name, "This field came twice.");
        }
        Some(value)
    }

    /// Takes a text.
    pub fn text(&mut self, name: &str) -> Option<String> {
        match self.value(name)? {
            Value::String(text) => Some(text),
            _ => {
                self.refuse(name, "This has to be a text.");
                None
            }
        }
    }

    /// Takes a text that has to be there, and not empty.
    pub fn required(&mut self, name: &str) -> Option<String> {
        let before = self.errors.len();
        let text = self.text(name).filter(|text| !text.is_empty());
        if text.is_none() && self.errors.len() == before {
            self.refuse(name, "This field is missing.");
        }
        text
    }

    /// Takes a yes or no.
    pub fn flag(&mut self, name: &str) -> Option<bool> {
        match self.value(name)? {
            Value::Bool(flag) => Some(flag),
            _ => {
                self.refuse(name, "This has to be true or false.");
                None
            }
        }
    }

    /// Makes something of a text, or notes why it can't be.
    pub fn understand<T, E: fmt::Display>(&mut self, name: &str, understood: Result<T, E>) -> Option<T> {
        understood.map_err(|error| self.refuse(name, &error.to_string())).ok()
    }

    /// Notes that a field is larger than fields may be: the whole answer is 413 then.
    pub fn refuse_as_too_large(&mut self) {
        self.too_large = true;
    }

    /// Notes what is wrong with a field.
    pub fn refuse(&mut self, name: &str, message: &str) {
        self.errors.push((name.to_owned(), message.to_owned()));
    }

    /// Ends the reading: fields that nobody took are unknown.
    ///
    /// # Errors
    /// The names and messages of all bad fields.
    pub fn finish(mut self) -> Result<(), Vec<(String, String)>> {
        for (name, _) in std::mem::take(&mut self.fields) {
            self.refuse(&name, "There is no such field.");
        }
        if self.errors.is_empty() { Ok(()) } else { Err(self.errors) }
    }
}

/// A body of bounded size that arrives in bounded time.
///
/// # Errors
/// The status of the answer: 400, 408, 413.
pub async fn bytes(data: Data<'_>, kibibytes: u64) -> Result<Vec<u8>, Status> {
    let body = tokio::time::timeout(PATIENCE, data.open(kibibytes.kibibytes()).into_bytes());
    let body = body.await.map_err(|_| Status::RequestTimeout)?.map_err(|_| Status::BadRequest)?;
    if body.is_complete() { Ok(body.into_inner()) } else { Err(Status::PayloadTooLarge) }
}

/// A JSON object that still has its doubled keys, of which serde_json's own would keep the last.
struct Object(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Object, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Object(pairs))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}
