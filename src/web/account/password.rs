//! `GET /account/password`, `POST /account/password`: another password, which ends every other login. Programs that
//! keep passwords find the page by `/.well-known/change-password`.

use rocket::http::{CookieJar, Status};
use rocket::{Either, Route, State, get, post, routes};
use serde_json::{Map, Value, json};

use super::back::back;
use crate::accounts::Accounts;
use crate::accounts::password::Password;
use crate::accounts::password::change::{self, Outcome};
use crate::http::local_path::LocalPath;
use crate::http::pace::Uncounted;
use crate::http::who::CurrentUser;
use crate::http::{Site, cookies};
use crate::texts::{Message, Worded};
use crate::web::error::Error;
use crate::web::flash::Flash;
use crate::web::form::{ActsAsSession, Fields, FormOf, PostedForm};
use crate::web::page::{Layout, Page};
use crate::web::see_other::SeeOther;

/// What the page sends. No `Debug`: it holds passwords.
struct PasswordForm {
    current: String,
    new: String,
    repeated: String,
}

impl PostedForm for PasswordForm {
    const FIELDS: &'static [&'static str] = &["current_password", "new_password", "repeated_password"];

    fn read(fields: &mut Fields) -> PasswordForm {
        PasswordForm {
            current: fields.take("current_password").unwrap_or_default(),
            new: fields.take("new_password").unwrap_or_default(),
            repeated: fields.take("repeated_password").unwrap_or_default(),
        }
    }
}

impl ActsAsSession for PasswordForm {
    const WHEN_LATE: Option<Flash> = Some(Flash::PasswordChangedOrNot);
}

impl PasswordForm {
    /// What is wrong with it before anyone looks at the passwords themselves.
    fn errors(&self) -> Map<String, Value> {
        let mut errors = Map::new();
        if self.current.is_empty() {
            errors.insert("current_password".to_owned(), Message::new("password-current-missing").into());
        }
        if self.new.is_empty() {
            errors.insert("new_password".to_owned(), Message::new("password-new-missing").into());
        } else if Password::typed(&self.new) != Password::typed(&self.repeated) {
            errors.insert("repeated_password".to_owned(), Message::new("password-differs").into());
        }
        errors
    }
}

#[get("/account/password")]
fn edit(_current: CurrentUser<'_>, layout: Layout<'_>, accounts: &State<Accounts>) -> Page {
    layout.page("account/password", context(accounts, Map::new()))
}

#[post("/account/password", data = "<sent>")]
async fn update(
    sent: FormOf<Uncounted<CurrentUser<'_>>, PasswordForm>,
    layout: Layout<'_>,
    accounts: &State<Accounts>,
    site: &State<Site>,
    jar: &CookieJar<'_>,
) -> Result<Either<Page, SeeOther>, Error> {
    let FormOf { who: Uncounted(CurrentUser(identity)), source, form } = sent;
    let again = |errors: Map<String, Value>| {
        let page = layout.page("account/password", context(accounts, errors));
        Ok(Either::Left(page.with_status(Status::UnprocessableEntity)))
    };
    let one = |field: &str, message: Message| again(Map::from_iter([(field.to_owned(), message.into())]));
    let errors = form.errors();
    if !errors.is_empty() {
        return again(errors);
    }
    let (old, new) = (Password::typed(&form.current), Password::typed(&form.new));
    match change::change_in_browser(accounts, identity, old, new, &source).await? {
        Outcome::Changed(signed_in) => {
            cookies::sign_in(jar, site, &signed_in);
            Ok(Either::Right(back().saying(Flash::PasswordChanged)))
        }
        Outcome::Wrong => one("current_password", Message::new("password-wrong")),
        Outcome::Rejected(rejected) => one("new_password", rejected.words()),
        Outcome::Busy(full) => Err(Error::Busy(full)),
        Outcome::Throttled(wait) => {
            let flash = Flash::throttled(wait);
            let page = layout.page_with("account/password", context(accounts, Map::new()), Some(&flash));
            Ok(Either::Left(page.with_retry_after(wait)))
        }
    }
}

fn context(accounts: &Accounts, errors: Map<String, Value>) -> Value {
    json!({ "min_length": accounts.password_rules.min_length(), "errors": errors })
}

/// Where programs that keep passwords look for the page that changes one (W3C, A Well-Known URL for Changing Passwords).
#[get("/.well-known/change-password")]
fn well_known() -> Option<SeeOther> {
    LocalPath::parse("/account/password").map(SeeOther::at)
}

/// The routes of this part.
pub fn routes() -> Vec<Route> {
    routes![edit, update, well_known]
}
