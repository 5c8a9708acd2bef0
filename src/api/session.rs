//! The cookie session as JSON, at the pages' own addresses: `GET /`, `POST /login`, `GET` and `POST /logout`.
//!
//! The answers 200, 400 and 401 are exactly `{"message": …}`; everything else is a problem document.

use rocket::data::Data;
use rocket::http::{CookieJar, Status};
use rocket::response::{self, Responder};
use rocket::serde::json::Json;
use rocket::{Request, Route, State, get, options, post, routes};
use serde_json::{Value, json};

use super::body::Draft;
use super::error::Error;
use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::accounts::login::{self, Attempt, Outcome};
use crate::accounts::password::Password;
use crate::http::Site;
use crate::http::cookies::{self, Presented};
use crate::http::cors::Preflight;
use crate::http::logout::{Door, Link};
use crate::http::problem;
use crate::http::same_origin::AllowedOrigin;
use crate::http::wants::WantsJson;
use crate::http::who::Visitor;

/// `{"message": …}`, perhaps with more.
struct Message(Status, Value);

impl Message {
    fn new(status: Status, message: &str) -> Message {
        Message(status, json!({ "message": message }))
    }
}

impl<'r> Responder<'r, 'static> for Message {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        (self.0, Json(self.1)).respond_to(request)
    }
}

#[get("/", rank = 1)]
fn show(_wants: WantsJson, visitor: Visitor<'_>) -> Message {
    match visitor {
        Visitor::Stranger => Message::new(Status::Unauthorized, "Unauthorized"),
        Visitor::SignedIn(identity) => {
            Message(Status::Ok, json!({ "message": "You are already logged in", "username": identity.user.username }))
        }
    }
}

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
        Outcome::Throttled(wait) => Err(Error::throttled(wait)),
    }
}

struct Login {
    username: String,
    password: String,
    remember: bool,
}

/// The body of a login, or what is wrong with it: here that is a 400, as the first system answered.
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
        said.chain(detail).collect::<Vec<_>>().join(" ")
    })?;
    match (username, password) {
        (Some(username), Some(password)) => Ok(Login { username, password, remember }),
        _ => Err("username and password are needed".to_owned()),
    }
}

const LOGGED_OUT: &str = "You successfully logged out";

#[get("/logout", rank = 1)]
async fn follow(_wants: WantsJson, link: Link, door: Door<'_>) -> Result<Message, Error> {
    match link {
        Link::Followed => {
            door.leave().await?;
            Ok(Message::new(Status::Ok, LOGGED_OUT))
        }
        Link::Shown => Err(Error::new(Status::Forbidden, "Log out by POST: this came from another place.")),
    }
}

#[post("/logout", rank = 1)]
async fn destroy(_wants: WantsJson, _origin: AllowedOrigin, door: Door<'_>) -> Result<Message, Error> {
    door.leave().await?;
    Ok(Message::new(Status::Ok, LOGGED_OUT))
}

#[options("/")]
fn preflight_show() -> Preflight {
    Preflight
}

#[options("/login")]
fn preflight_create() -> Preflight {
    Preflight
}

#[options("/logout")]
fn preflight_destroy() -> Preflight {
    Preflight
}

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    routes![show, create, follow, destroy, preflight_show, preflight_create, preflight_destroy]
}
