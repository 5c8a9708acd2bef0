//! Posted forms. [`CheckedForm`] is the only way to read one.
//!
//! A form is read as text first: a malformed body is 400, a field that the form does not have or that comes
//! twice is 422. One that acts as a session has to be signed in and to bring the session's token. Whether the texts
//! make sense is for the handler, which answers with the page again.

use rocket::data::{Data, FromData, Outcome};
use rocket::http::{ContentType, Status};
use rocket::{Request, request};

use crate::accounts::audit::Refusal;
use crate::http::accounts;
use crate::http::body::{self, form};
use crate::http::problem;
use crate::http::refusal::{self, Who};
use crate::http::same_origin::SameOrigin;
use crate::http::who::CurrentUser;

/// The hidden field that holds the session's token.
const CSRF: &str = "csrf";

/// A form of ours: which fields it has and how they are read.
pub trait PostedForm: Sized {
    /// The names of its fields.
    const FIELDS: &'static [&'static str];
    /// Whether it does something as the one who is signed in. One that does not, such as the login, works for
    /// everyone, whether or not a session is sent along.
    const ACTS_AS_SESSION: bool = true;
    /// The most kibibytes that it may have.
    const KIBIBYTES: u64 = 16;

    /// Reads the texts of the fields; a field that was not sent is absent.
    fn read(fields: &mut Fields) -> Self;
}

/// A form that came from a page of ours, with no field unknown or doubled.
#[derive(Debug)]
pub struct CheckedForm<T>(pub T);

/// The fields of a body, each at most once.
pub struct Fields {
    texts: Texts,
    refused: Texts,
}

impl Fields {
    /// Takes the text of a field.
    pub fn take(&mut self, name: &str) -> Option<String> {
        let place = self.texts.iter().position(|(field, _)| field == name)?;
        Some(self.texts.swap_remove(place).1)
    }

    /// Whether a checkbox was ticked. Our pages send `on` or nothing.
    pub fn take_checkbox(&mut self, name: &str) -> bool {
        let text = self.take(name);
        if text.as_deref().is_some_and(|text| text != "on") {
            self.refused.push((name.to_owned(), "Send \"on\", or leave the field out.".to_owned()));
        }
        text.is_some()
    }
}

#[rocket::async_trait]
impl<'r, T: PostedForm> FromData<'r> for CheckedForm<T> {
    type Error = ();

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        if let request::Outcome::Error(error) = request.guard::<SameOrigin>().await {
            return Outcome::Error(error);
        }
        let read = match read(request, data, T::KIBIBYTES).await {
            Ok(texts) if T::ACTS_AS_SESSION => without_token(request, texts).await,
            read => read,
        };
        let mut fields = match read.and_then(|texts| check(request, texts, T::FIELDS)) {
            Ok(texts) => Fields { texts, refused: Vec::new() },
            Err(status) => return Outcome::Error((status, ())),
        };
        let form = T::read(&mut fields);
        if fields.refused.is_empty() {
            return Outcome::Success(CheckedForm(form));
        }
        problem::note_fields(request, fields.refused);
        Outcome::Error((Status::UnprocessableEntity, ()))
    }
}

/// The names and texts of a body, as they come.
type Texts = Vec<(String, String)>;

async fn read(request: &Request<'_>, data: Data<'_>, kibibytes: u64) -> Result<Texts, Status> {
    if request.content_type().map(ContentType::media_type) != Some(ContentType::Form.media_type()) {
        problem::note(request, "This address takes a form: send it as application/x-www-form-urlencoded.");
        return Err(Status::UnsupportedMediaType);
    }
    form::parse(&body::read(data, kibibytes).await?).ok_or(Status::BadRequest)
}

/// Refuses what does not bring the token of the session that it acts as, once; takes it out.
async fn without_token(request: &Request<'_>, mut texts: Texts) -> Result<Texts, Status> {
    let identity = match request.guard::<CurrentUser>().await {
        request::Outcome::Success(CurrentUser(identity)) => identity,
        request::Outcome::Error((status, ())) => return Err(status),
        request::Outcome::Forward(status) => return Err(status),
    };
    let tokens: Texts = texts.extract_if(.., |(name, _)| name == CSRF).collect();
    match tokens.as_slice() {
        [(_, token)] if accounts(request).is_csrf_token(&identity.session, token) => Ok(texts),
        _ => {
            let who = Who::User(&identity.user.id);
            refusal::note(request, Refusal::RequestRefused, who, "without the token of its session");
            problem::note(
                request,
                "You logged in again elsewhere, so nothing was saved. Reload the page and try again.",
            );
            Err(Status::Forbidden)
        }
    }
}

/// Refuses fields that the form does not have, or that come twice.
fn check(request: &Request<'_>, texts: Texts, known: &[&str]) -> Result<Texts, Status> {
    let bad: Texts = texts
        .iter()
        .enumerate()
        .filter_map(|(place, (name, _))| {
            if !known.contains(&name.as_str()) {
                Some((name.clone(), "This form has no such field.".to_owned()))
            } else if texts[..place].iter().any(|(before, _)| before == name) {
                Some((name.clone(), "This field was sent more than once.".to_owned()))
            } else {
                None
            }
        })
        .collect();
    if !bad.is_empty() {
        problem::note_fields(request, bad);
        return Err(Status::UnprocessableEntity);
    }
    Ok(texts)
}
