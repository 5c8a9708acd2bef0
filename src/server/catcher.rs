//! Every error ends here and leaves as a page or as JSON, whichever the client wants.

use rocket::http::{Method, Status};
use rocket::response::{self, Responder, Response};
use rocket::{Catcher, Request, catch, catchers};

use crate::api;
use crate::http::arrival::Arrival;
use crate::http::cookies::CookiesKept;
use crate::http::cors::Preflight;
use crate::http::local_path::LocalPath;
use crate::http::methods;
use crate::http::problem::Problem;
use crate::http::wants::{self, Wants};
use crate::http::who::{ConfirmationNeeded, LoginNeeded};
use crate::web;
use crate::web::flash::Flash;
use crate::web::form::Late;
use crate::web::see_other::SeeOther;
use crate::web::unsaved::Unsaved;

/// How many seconds a client should wait before it tries again, when nothing better is known.
const RETRY_AFTER: &str = "10";

#[catch(default)]
async fn any(status: Status, request: &Request<'_>) -> Result<Caught, Status> {
    if status == Status::NotFound
        && request.method() == Method::Options
        && let Ok(known) = Preflight.respond_to(request)
    {
        return Ok(Caught(known));
    }
    let allow = (status == Status::NotFound).then(|| methods::allowed_instead(request)).flatten();
    let status = if allow.is_some() { Status::MethodNotAllowed } else { status };
    let mut response = match Wants::of(request) {
        Wants::Json => api::error::document(status, request).respond_to(request)?,
        Wants::Html => match way_to_login(status, request).or_else(|| way_to_confirmation(request)) {
            Some(elsewhere) => elsewhere.respond_to(request)?,
            // Without it Rocket would answer with a page of its own.
            None => web::error::page(status, request)
                .await
                .respond_to(request)
                .unwrap_or_else(|_| web::error::plain_page(status, request)),
        },
    };
    if !Arrival::of(request).below_api {
        wants::note_choice(&mut response);
    }
    if let Some(allow) = allow {
        response.set_raw_header("Allow", allow);
    }
    if let Some(wait) = Problem::of(request).wait {
        response.set_raw_header("Retry-After", wait.seconds().to_string());
    } else if status == Status::ServiceUnavailable {
        response.set_raw_header("Retry-After", RETRY_AFTER);
    }
    Ok(Caught(response))
}

/// An answer that is already complete.
struct Caught(Response<'static>);

impl<'r> Responder<'r, 'static> for Caught {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        Ok(self.0)
    }
}

/// A stranger who opened a page for people who are logged in gets the login page, and comes back after it. Whoever sent a
/// form comes back to it, too, but is told that nothing was done.
fn way_to_login(status: Status, request: &Request<'_>) -> Option<SeeOther> {
    let needed = status == Status::Unauthorized && request.local_cache(|| LoginNeeded(false)).0;
    needed.then(|| {
        if !matches!(Arrival::of(request).method, Method::Get | Method::Head) {
            if let Some(flash) = Late::of(request) {
                return SeeOther::login().saying(flash);
            }
            let unsaved = Unsaved::of(request);
            let form = unsaved.as_ref().map_or_else(LocalPath::home, Unsaved::place);
            return SeeOther::at(form.by_way_of_login()).saying(Flash::SessionEnded).keeping(unsaved);
        }
        let here = LocalPath::parse(&request.uri().to_string()).unwrap_or_else(LocalPath::home);
        SeeOther::at(match CookiesKept::in_request(request) {
            CookiesKept::No => here.by_way_of_login_without_cookies(),
            CookiesKept::JustTried | CookiesKept::Perhaps => here.by_way_of_login(),
        })
    })
}

/// Someone signed in who has not been asked for the password lately is asked now, and comes back after it: whoever sent a
/// form, to the page where it stands, with what was typed.
fn way_to_confirmation(request: &Request<'_>) -> Option<SeeOther> {
    request.local_cache(|| ConfirmationNeeded(false)).0.then(|| {
        let unsaved = Unsaved::of(request);
        let here = || LocalPath::parse(&request.uri().to_string()).unwrap_or_else(LocalPath::home);
        let way = SeeOther::at(unsaved.as_ref().map_or_else(here, Unsaved::place).by_way_of_confirmation());
        if request.method() == Method::Get { way } else { way.saying(Flash::ConfirmFirst).keeping(unsaved) }
    })
}

/// The only catcher.
pub(super) fn catchers() -> Vec<Catcher> {
    catchers![any]
}
