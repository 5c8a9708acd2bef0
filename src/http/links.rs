//! Links that are given to people: with the address that they type, whatever the request said.

use std::convert::Infallible;

use rocket::Request;
use rocket::request::{FromRequest, Outcome};

use super::Site;
use crate::accounts::one_time_link::LinkToken;
use crate::config::Origins;

/// Makes links. Its first part is `public_url`, or where the server listens.
#[derive(Debug, Clone)]
pub struct Links {
    front_door: String,
}

impl Links {
    /// Those of a server that listens on this port.
    pub fn new(origins: &Origins, port: u16) -> Links {
        Links { front_door: origins.front_door(port) }
    }

    /// By which the owner of an account chooses a new password.
    pub fn reset(&self, token: &LinkToken) -> String {
        format!("{}/reset?token={}", self.front_door, token.to_text())
    }

    /// By which people sign up who are invited.
    pub fn invitation(&self, token: &LinkToken) -> String {
        format!("{}/invite?token={}", self.front_door, token.to_text())
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Links {
    type Error = Infallible;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Infallible> {
        Outcome::Success(Links::new(&Site::of(request).origins, request.rocket().config().port))
    }
}
