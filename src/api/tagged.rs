//! Documents that can be changed: they have an `ETag`, by which a client says which version it has seen.

use rocket::Request;
use rocket::http::Status;
use rocket::response::{self, Responder, Response};
use rocket::serde::json::Json;
use serde::Serialize;

use super::error::Error;
use crate::accounts::version::{Named, Stale, Version};
use crate::http::conditions::{self, Conditions};

/// A document and its version.
#[derive(Debug)]
pub struct Tagged<T>(pub Version, pub T);

/// An answer with a document, or 304 without it when the client has this version already.
#[derive(Debug)]
pub struct Asked<T>(pub Tagged<T>, pub Conditions);

impl<'r, T: Serialize> Responder<'r, 'static> for Tagged<T> {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let mut response = Json(self.1).respond_to(request)?;
        response.set_raw_header("ETag", conditions::tag(&self.0));
        Ok(response)
    }
}

impl<'r, T: Serialize> Responder<'r, 'static> for Asked<T> {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let Asked(tagged, Conditions(expected)) = self;
        let is = |named: &Named| named.is(Some(&tagged.0));
        // RFC 9110, 13.2.2: in this order.
        if !expected.now.as_ref().is_none_or(is) {
            return Error::from(Stale).respond_to(request);
        }
        if expected.not.as_ref().is_some_and(is) {
            let tag = conditions::tag(&tagged.0);
            return Response::build().status(Status::NotModified).raw_header("ETag", tag).ok();
        }
        tagged.respond_to(request)
    }
}
