//! Someone who is signed in and was asked for the password lately.

use rocket::Request;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};

use super::CurrentUser;
use crate::accounts::session::Identity;
use crate::http::problem;
use crate::texts::Message;

/// Someone signed in whose password was asked for within the last ten minutes, in this session. For sensitive acts:
/// nobody does them who only found a browser unattended. Absent, a page leads to `/confirm` and back; JSON gets a 403.
#[derive(Debug, Clone, Copy)]
pub struct RecentLogin<'r>(pub &'r Identity);

/// Left in the request's cache by [`RecentLogin`]: this 403 is answered by confirming with the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConfirmationNeeded(pub bool);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for RecentLogin<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match request.guard::<CurrentUser>().await {
            Outcome::Success(CurrentUser(identity)) if identity.session.is_recent() => {
                Outcome::Success(RecentLogin(identity))
            }
            Outcome::Success(_) => {
                request.local_cache(|| ConfirmationNeeded(true));
                problem::note(request, Message::new("confirm-at"));
                Outcome::Error((Status::Forbidden, ()))
            }
            Outcome::Error(error) => Outcome::Error(error),
            Outcome::Forward(_) => Outcome::Error((Status::InternalServerError, ())),
        }
    }
}
