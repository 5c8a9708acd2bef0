//! `GET /reset`, `POST /reset`: a new password, by a link that an admin made for the owner of an account, or that was sent
//! to their address.

use rocket::http::{CookieJar, Status};
use rocket::{Either, Route, State, get, post, routes};
use serde_json::{Map, Value, json};

use super::error::Error;
use super::flash::Flash;
use super::form::{CheckedForm, Fields, PostedForm, WorksForEveryone};
use super::one_time_link::{LinkCookie, no_more};
use super::page::{Layout, Page};
use super::see_other::SeeOther;
use crate::accounts::Accounts;
use crate::accounts::one_time_link::LinkToken;
use crate::accounts::password::Password;
use crate::accounts::reset::{self, Refused};
use crate::accounts::user::User;
use crate::http::Site;
use crate::http::cookies;
use crate::http::who::StrangerSource;
use crate::texts::{Message, Worded};

/// Keeps the token for the page.
pub(super) const COOKIE: LinkCookie = LinkCookie::new("reset", "__Secure-reset", "/reset");

/// What the page sends. No `Debug`: it holds passwords.
struct ResetForm {
    new: String,
    repeated: String,
}

impl PostedForm for ResetForm {
    const FIELDS: &'static [&'static str] = &["new_password", "repeated_password"];

    fn read(fields: &mut Fields) -> ResetForm {
        ResetForm {
            new: fields.take("new_password").unwrap_or_default(),
            repeated: fields.take("repeated_password").unwrap_or_default(),
        }
    }
}

impl WorksForEveryone for ResetForm {}

impl ResetForm {
    /// What is wrong with it before anyone looks at the password itself.
    fn errors(&self) -> Map<String, Value> {
        let mut errors = Map::new();
        if self.new.is_empty() {
            errors.insert("new_password".to_owned(), Message::new("password-new-missing").into());
        } else if Password::typed(&self.new) != Password::typed(&self.repeated) {
            errors.insert("repeated_password".to_owned(), Message::new("password-differs").into());
        }
        errors
    }
}

#[get("/reset?<token>")]
async fn edit(
    token: Option<&str>,
    layout: Layout<'_>,
    source: StrangerSource,
    accounts: &State<Accounts>,
    site: &State<Site>,
    jar: &CookieJar<'_>,
) -> Result<Either<Page, SeeOther>, Error> {
    let shown = if token.is_some() { token.and_then(LinkToken::parse) } else { kept(jar, site) };
    let user = match reset::check(accounts, shown.as_ref(), &source.0).await {
        Ok(user) => user,
        Err(refused) => return refusal(&layout, refused).map(Either::Left),
    };
    match shown.filter(|_| token.is_some()) {
        Some(shown) => Ok(Either::Right(COOKIE.keep(jar, site, shown.to_text()))),
        None => Ok(Either::Left(layout.page("reset/edit", context(accounts, &user, Map::new())))),
    }
}

#[post("/reset", data = "<form>")]
async fn update(
    form: CheckedForm<ResetForm>,
    layout: Layout<'_>,
    source: StrangerSource,
    accounts: &State<Accounts>,
    site: &State<Site>,
    jar: &CookieJar<'_>,
) -> Result<Either<Page, SeeOther>, Error> {
    let CheckedForm(form) = form;
    let token = kept(jar, site);
    let user = match reset::check(accounts, token.as_ref(), &source.0).await {
        Ok(user) => user,
        Err(refused) => return refusal(&layout, refused).map(Either::Left),
    };
    let again = |errors| {
        let page = layout.page("reset/edit", context(accounts, &user, errors));
        Ok(Either::Left(page.with_status(Status::UnprocessableEntity)))
    };
    let errors = form.errors();
    if !errors.is_empty() {
        return again(errors);
    }
    match reset::complete(accounts, token.as_ref(), Password::typed(&form.new), &source.0).await {
        Ok(device) => {
            COOKIE.forget(jar, site);
            cookies::know(jar, site, &device);
            Ok(Either::Right(SeeOther::login().saying(Flash::PasswordReset)))
        }
        Err(Refused::Rejected(rejected)) => {
            again(Map::from_iter([("new_password".to_owned(), rejected.words().into())]))
        }
        Err(refused) => refusal(&layout, refused).map(Either::Left),
    }
}

fn kept(jar: &CookieJar<'_>, site: &Site) -> Option<LinkToken> {
    LinkToken::parse(&COOKIE.kept(jar, site)?)
}

fn refusal(layout: &Layout<'_>, refused: Refused) -> Result<Page, Error> {
    match refused {
        Refused::Busy(full) => Err(Error::Busy(full)),
        Refused::User(error) => Err(error.into()),
        Refused::WrongLink | Refused::Rejected(_) => Ok(no_more(layout)),
    }
}

fn context(accounts: &Accounts, user: &User, errors: Map<String, Value>) -> Value {
    json!({
        "username": user.username,
        "min_length": accounts.password_rules.min_length(),
        "errors": errors,
    })
}

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    routes![edit, update]
}
