//! `POST /login`: logging in by cookie.

use rocket::data::Data;
use rocket::http::{CookieJar, Status};
use rocket::{Request, Route, State, options, post, routes};
use serde_json::Value;

use super::message::Message;
use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::accounts::login::{self, Attempt, Outcome};
use crate::accounts::password::Password;
use crate::api::body::Draft;
use crate::api::error::Error;
use crate::http::cookies::{self, Presented};
use crate::http::cors::Preflight;
use crate::http::same_origin::AllowedOrigin;
use crate::http::wants::WantsJson;
use crate::http::{Site, problem};

#[post("/login", data = "<data>", rank = 1)]
#[expect(clippy::too_many_arguments, reason = "each is a guard")]
async fn create(
    _wants: WantsJson,
    _origin: AllowedOrigin,
    source: Source,
    presented: Presented,
    accounts: &State<Accounts>,
    site: &State<Site>,
    jar: &CookieJar<'_>,
    data: LoginData,
) -> Result<Message, Error> {
    let login = match data.0 {
        Ok(login) => login,
        Err(message) => return Ok(Message::new(Status::BadRequest, &message)),
    };
    let attempt = Attempt {
        name: login.username,
        password: Password::typed(&login.password),
        remember: login.remember,
        replaces: presented.session,
        device: presented.device,
    };
    match login::log_in(accounts, attempt, &source).await? {
        Outcome::SignedIn(signed_in) => {
            cookies::sign_in(jar, site, &signed_in);
            Ok(Message::new(Status::Ok, "You are logged in successfully"))
        }
        Outcome::Wrong => Ok(Message::new(Status::Unauthorized, "Wrong username or password")),
        Outcome::Waiting(waits_for) => Err(Error::new(Status::Forbidden, &waits_for.to_string())),
        Outcome::Throttled(wait) => Err(Error::throttled(wait)),
        Outcome::Busy(full) => Err(Error::busy(full)),
    }
}

struct Login {
    username: String,
    password: String,
    remember: bool,
}

/// The body of a login, or what is wrong with it: here that is a 400, not a 422, as the original system answered.
struct LoginData(Result<Login, String>);

#[rocket::async_trait]
impl<'r> rocket::data::FromData<'r> for LoginData {
    type Error = ();

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> rocket::data::Outcome<'r, Self> {
        use rocket::data::Outcome;
        match Draft::read(request, data, 16, true).await {
            Ok(draft) => Outcome::Success(LoginData(understand(draft))),
            Err(Status::BadRequest) => {
                Outcome::Success(LoginData(Err("The body is neither a JSON object nor a form".to_owned())))
            }
            Err(status) => Outcome::Error((status, ())),
        }
    }
}

fn understand(mut draft: Draft) -> Result<Login, String> {
    let (username, password) = (draft.required("username"), draft.required("password"));
    let remember = match draft.value("remember") {
        None => false,
        Some(Value::Bool(remember)) => remember,
        Some(Value::String(text)) if text == "on" => true,
        Some(_) => {
            draft.refuse("remember", "This has to be true or false.");
            false
        }
    };
    draft.finish().map_err(|errors| {
        let (errors, detail) = problem::bounded(errors);
        let said = errors.iter().map(|(field, message)| format!("{field}: {message}"));
        said.chain(detail.map(|detail| detail.to_string())).collect::<Vec<_>>().join(" ")
    })?;
    match (username, password) {
        (Some(username), Some(password)) => Ok(Login { username, password, remember }),
        _ => Err("username and password are needed".to_owned()),
    }
}

#[options("/login")]
fn preflight() -> Preflight {
    Preflight
}

/// The routes of this part.
pub(super) fn routes() -> Vec<Route> {
    routes![create, preflight]
}
