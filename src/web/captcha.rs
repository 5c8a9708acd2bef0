//! `GET /captcha/<id>/picture`, `GET /captcha/<id>/sound`: what a captcha shows; and the part of a form that asks for it.
//!
//! Pages of other origins may show it, since those that `allowed_origins` names sign people up too. It tells nothing of
//! whoever looks at it.

use rocket::http::{ContentType, Header, Status};
use rocket::{Responder, Route, State, get, routes};
use serde_json::{Value, json};

use super::error::Error;
use super::flash::kept_name;
use super::form::Fields;
use super::page::Page;
use crate::accounts::Accounts;
use crate::accounts::captcha::{self, Answer, Captcha};
use crate::http::headers::Allowance;

/// Takes its answer out of a form.
pub(super) fn take(fields: &mut Fields) -> Answer {
    let [id, text] = ["captcha", "captcha_answer"].map(|name| fields.take(name).unwrap_or_default());
    Answer { id, text }
}

/// A page whose form asks for a captcha, which is made for this form. One that was not looked at yet is shown again,
/// with its answer.
pub(super) fn ask(page: Page, accounts: &Accounts, form: &str, answer: &Answer) -> Page {
    let shown: Value = match Captcha::of(accounts, &answer.id) {
        Some(_) => json!({ "id": answer.id, "answer": kept_name(&answer.text) }),
        None => json!({ "id": captcha::issue(accounts, form), "answer": "" }),
    };
    page.with("captcha", shown).allowing(Allowance::Sound)
}

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
