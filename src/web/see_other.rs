//! The answer after a form was accepted: 303, which sends the browser to another of our pages.

use rocket::Request;
use rocket::http::Status;
use rocket::response::{self, Responder, Response};

use super::flash::Flash;
use super::unsaved::Unsaved;
use crate::http::Site;
use crate::http::local_path::LocalPath;

/// A redirect to another page.
#[derive(Debug)]
pub struct SeeOther {
    place: LocalPath,
    flash: Option<Flash>,
    unsaved: Option<Unsaved>,
}

impl SeeOther {
    /// To this page.
    pub fn at(place: LocalPath) -> SeeOther {
        SeeOther { place, flash: None, unsaved: None }
    }

    /// To the login page.
    pub fn login() -> SeeOther {
        SeeOther::at(LocalPath::home().by_way_of_login())
    }

    /// The same, with a message for that page.
    pub fn saying(self, flash: Flash) -> SeeOther {
        SeeOther { flash: Some(flash), ..self }
    }

    /// The same, with what waits until after the login or the confirmation.
    pub fn keeping(self, unsaved: Option<Unsaved>) -> SeeOther {
        SeeOther { unsaved, ..self }
    }
}

impl<'r> Responder<'r, 'static> for SeeOther {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        if let Some(flash) = self.flash {
            flash.leave(request.cookies(), Site::of(request));
        }
        if let Some(unsaved) = self.unsaved {
            unsaved.leave(request.cookies(), Site::of(request));
        }
        // Not Rocket's Redirect: its parser refuses paths that browsers accept, with a 500.
        Response::build().status(Status::SeeOther).raw_header("Location", self.place.as_str().to_owned()).ok()
    }
}
