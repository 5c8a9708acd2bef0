//! An admin who was asked for the password lately.

use rocket::Request;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};

use super::{Admin, RecentLogin};
use crate::accounts::session::Identity;

/// An admin whose password was asked for within the last ten minutes, in this session: for whatever an admin does to
/// others on pages. Anyone else gets a 403, whenever they were asked; an admin is led to `/confirm` and back.
#[derive(Debug, Clone, Copy)]
pub struct RecentAdmin<'r>(pub &'r Identity);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for RecentAdmin<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match request.guard::<Admin>().await {
            Outcome::Success(Admin(identity)) => {
                request.guard::<RecentLogin>().await.map(|RecentLogin(_)| RecentAdmin(identity))
            }
            Outcome::Error(error) => Outcome::Error(error),
            Outcome::Forward(_) => Outcome::Error((Status::InternalServerError, ())),
        }
    }
}
