//! Paging: the size of a page, and the address of the next one.

use rocket::Request;
use rocket::form::{FromFormField, ValueField};
use rocket::response::{self, Responder};
use rocket::serde::json::Json;
use serde::Serialize;

use super::error::Error;

/// How many per page: 1 to 100; 50 if omitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit(Option<i64>);

impl Limit {
    /// The number.
    ///
    /// # Errors
    /// 422 when it is out of range.
    pub fn get(self) -> Result<i64, Error> {
        match self.0 {
            Some(limit @ 1..=100) => Ok(limit),
            _ => Err(Error::invalid("limit", "This has to be a number from 1 to 100.")),
        }
    }
}

impl<'v> FromFormField<'v> for Limit {
    fn from_value(field: ValueField<'v>) -> rocket::form::Result<'v, Limit> {
        Ok(Limit(field.value.parse().ok()))
    }

    fn default() -> Option<Limit> {
        Some(Limit(Some(50)))
    }
}

/// A page of a list, and where the next one begins.
#[derive(Debug)]
pub struct Paged<T> {
    /// The document.
    pub page: T,
    /// What to send as `after`.
    pub next: Option<String>,
}

impl<'r, T: Serialize> Responder<'r, 'static> for Paged<T> {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let mut response = Json(self.page).respond_to(request)?;
        if let Some(next) = &self.next {
            response.set_raw_header("Link", format!("<{}>; rel=\"next\"", address(request, next)));
        }
        Ok(response)
    }
}

/// The address of the page that follows this place in the list.
fn address(request: &Request<'_>, after: &str) -> String {
    let query = request.uri().query().map_or("", |query| query.as_str());
    let asked = url::form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "after");
    let query =
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(asked).append_pair("after", after).finish();
    // The path of the route, not that of the request: the latter may begin with `//`, which would be read as another
    // host.
    let path = request.route().map_or("", |route| route.uri.path());
    format!("{path}?{query}")
}
