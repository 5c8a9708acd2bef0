//! Who asks and from where, for the audit.

use std::convert::Infallible;

use rocket::Request;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};

use super::Visitor;
use crate::accounts::audit::Source;
use crate::http::client;

/// Who asks and from where, for the audit. A door that asks for it needs the database.
#[rocket::async_trait]
impl<'r> FromRequest<'r> for Source {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match request.guard::<Visitor>().await {
            Outcome::Success(visitor) => {
                Outcome::Success(client::of(request, visitor.identity().map(|i| i.user.id.clone())))
            }
            Outcome::Error(error) => Outcome::Error(error),
            Outcome::Forward(_) => Outcome::Error((Status::InternalServerError, ())),
        }
    }
}

/// The same for a door that knows nobody by cookie.
#[derive(Debug)]
pub struct StrangerSource(pub Source);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for StrangerSource {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        Outcome::Success(StrangerSource(client::of(request, None)))
    }
}
