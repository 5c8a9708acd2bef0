//! Who asks and from where, for the audit.

use std::convert::Infallible;

use rocket::Request;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};

use super::{CurrentUser, Visitor};
use crate::accounts::audit::{Actor, Source};
use crate::http::client;

/// Who asks and from where, for actions that need no right. It needs the database.
#[rocket::async_trait]
impl<'r> FromRequest<'r> for Source {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match request.guard::<Visitor>().await {
            Outcome::Success(visitor) => {
                let who = visitor.identity().map(|identity| identity.user.id.clone());
                Outcome::Success(client::of(request, Actor::Visitor(who)))
            }
            Outcome::Error(error) => Outcome::Error(error),
            Outcome::Forward(_) => Outcome::Error((Status::InternalServerError, ())),
        }
    }
}

/// The same for someone who is logged in and changes something as such.
#[derive(Debug)]
pub struct UserSource(pub Source);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for UserSource {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let user = request.guard::<CurrentUser>().await;
        user.map(|CurrentUser(identity)| UserSource(client::of(request, Actor::User(identity.acting()))))
    }
}

/// The same for addresses where no cookie counts.
#[derive(Debug)]
pub struct StrangerSource(pub Source);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for StrangerSource {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        Outcome::Success(StrangerSource(client::of(request, Actor::Visitor(None))))
    }
}
