//! `GET /captcha/<id>/picture`, `GET /captcha/<id>/sound`: what a captcha shows. Pages and programs link here.
//!
//! Pages of other origins may show it, since those that `allowed_origins` names sign people up too. It tells nothing of
//! whoever looks at it.

use rocket::http::{ContentType, Header, Status};
use rocket::{Responder, Route, State, get, routes};

use super::error::Error;
use crate::accounts::Accounts;
use crate::accounts::captcha::Captcha;

/// A picture or a sound.
#[derive(Responder)]
struct Shown {
    body: (ContentType, Vec<u8>),
    anywhere: Header<'static>,
}

impl Shown {
    fn new(content_type: ContentType, body: Vec<u8>) -> Shown {
        let anywhere = Header::new("Cross-Origin-Resource-Policy", "cross-origin");
        Shown { body: (content_type, body), anywhere }
    }
}

#[get("/captcha/<id>/picture")]
fn picture(id: &str, accounts: &State<Accounts>) -> Result<Shown, Error> {
    Ok(Shown::new(ContentType::PNG, find(accounts, id)?.picture()))
}

#[get("/captcha/<id>/sound")]
fn sound(id: &str, accounts: &State<Accounts>) -> Result<Shown, Error> {
    Ok(Shown::new(ContentType::WAV, find(accounts, id)?.sound()))
}

fn find(accounts: &Accounts, id: &str) -> Result<Captcha, Error> {
    Captcha::of(accounts, id).ok_or(Error::Status(Status::NotFound))
}

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    routes![picture, sound]
}
