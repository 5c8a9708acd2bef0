//! The fields of a body, before they are validated.

use std::collections::HashSet;
use std::fmt;

use rocket::Request;
use rocket::data::Data;
use rocket::http::Status;
use serde_json::Value;

use super::sent::{self, Forms};
use crate::accounts::password::Rules;
use crate::http::accounts;

/// The fields of a body, and what is wrong with them. No `Debug`: some are passwords.
pub struct Draft {
    fields: Vec<(String, Value)>,
    errors: Vec<(String, String)>,
    too_large: bool,
    /// The rules for new passwords on this server.
    pub password_rules: Rules,
}

impl Draft {
    /// Reads a JSON object, or a form where that is allowed.
    ///
    /// # Errors
    /// The status of the answer: 400, 408, 413, 415.
    pub async fn read(request: &Request<'_>, data: Data<'_>, kibibytes: u64, form: bool) -> Result<Draft, Status> {
        Draft::read_any(request, data, kibibytes, Forms::of(form, false)).await
    }

    /// The same, with a choice of the forms that are allowed.
    pub(super) async fn read_any(
        request: &Request<'_>,
        data: Data<'_>,
        kibibytes: u64,
        forms: Forms,
    ) -> Result<Draft, Status> {
        let (fields, files) = sent::read(request, data, kibibytes, forms).await?;
        let password_rules = accounts(request).password_rules.clone();
        let mut draft = Draft { fields, errors: Vec::new(), too_large: false, password_rules };
        for name in files {
            draft.refuse(&name, "This has to be a text, not a file.");
        }
        Ok(draft)
    }

    /// Whether a field is there, and is neither null nor an empty text.
    pub fn is_filled(&self, name: &str) -> bool {
        self.fields.iter().any(|(field, value)| field == name && !value.is_null() && value != "")
    }

    /// A field that was sent more than once.
    pub fn doubled(&self) -> Option<&str> {
        let mut seen = HashSet::new();
        self.fields.iter().map(|(name, _)| name.as_str()).find(|name| !seen.insert(*name))
    }

    /// Drops the fields that are left and the errors so far. For OAuth requests, which ignore unknown fields and have
    /// errors of their own.
    pub fn let_be(&mut self) {
        self.fields.clear();
        self.errors.clear();
    }

    /// Takes a field as it is; null counts as absent.
    pub fn value(&mut self, name: &str) -> Option<Value> {
        self.raw(name).filter(|value| !value.is_null())
    }

    /// Takes a field as it is, including null, which means that a value is to be removed.
    pub fn raw(&mut self, name: &str) -> Option<Value> {
        let place = self.fields.iter().position(|(field, _)| field == name)?;
        let (_, value) = self.fields.remove(place);
        if self.fields.iter().any(|(field, _)| field == name) {
            self.fields.retain(|(field, _)| field != name);
            self.refuse(name, "This field was sent more than once.");
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

    /// Takes a text that is required and must not be empty.
    pub fn required(&mut self, name: &str) -> Option<String> {
        let before = self.errors.len();
        let text = self.text(name).filter(|text| !text.is_empty());
        if text.is_none() && self.errors.len() == before {
            self.refuse(name, "This field is missing.");
        }
        text
    }

    /// Takes a boolean.
    pub fn flag(&mut self, name: &str) -> Option<bool> {
        match self.value(name)? {
            Value::Bool(flag) => Some(flag),
            _ => {
                self.refuse(name, "This has to be true or false.");
                None
            }
        }
    }

    /// Returns the parsed value of a field, or records why it is invalid.
    pub fn understand<T, E: fmt::Display>(&mut self, name: &str, understood: Result<T, E>) -> Option<T> {
        understood.map_err(|error| self.refuse(name, &error.to_string())).ok()
    }

    /// Records that a field exceeds the size limit, which makes the whole answer a 413.
    pub fn refuse_as_too_large(&mut self) {
        self.too_large = true;
    }

    /// Whether a field exceeds the size limit.
    pub(super) fn is_too_large(&self) -> bool {
        self.too_large
    }

    /// Records what is wrong with a field.
    pub fn refuse(&mut self, name: &str, message: &str) {
        self.errors.push((name.to_owned(), message.to_owned()));
    }

    /// Ends the reading. Fields that nobody took are reported as unknown.
    ///
    /// # Errors
    /// The names and messages of all bad fields.
    pub fn finish(mut self) -> Result<(), Vec<(String, String)>> {
        for (name, _) in std::mem::take(&mut self.fields) {
            self.refuse(&name, "Unknown field.");
        }
        if self.errors.is_empty() { Ok(()) } else { Err(self.errors) }
    }
}
