//! Someone who is logged in and an admin.

use rocket::Request;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};

use super::CurrentUser;
use crate::accounts::audit::Refusal;
use crate::accounts::session::Identity;
use crate::accounts::session::Revoked;
use crate::http::problem;
use crate::http::refusal::{self, Who};
use crate::texts::Worded;

/// Someone logged in who is an admin, as of this request. Anyone else gets a 403.
#[derive(Debug, Clone, Copy)]
pub struct Admin<'r>(pub &'r Identity);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Admin<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match request.guard::<CurrentUser>().await {
            Outcome::Success(CurrentUser(identity)) if identity.is_admin() => Outcome::Success(Admin(identity)),
            Outcome::Success(CurrentUser(identity)) => {
                let who = Who::User(&identity.user.id);
                refusal::note(request, Refusal::AccessDenied, who, "for admins only");
                problem::note(request, Revoked::Admin.words());
                Outcome::Error((Status::Forbidden, ()))
            }
            Outcome::Error(error) => Outcome::Error(error),
            Outcome::Forward(_) => Outcome::Error((Status::InternalServerError, ())),
        }
    }
}
