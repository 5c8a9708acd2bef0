//! `POST /api/v1/users`: sign-up. Anyone may create an account while `registration` is open; people with an invitation
//! may at any time; admins create accounts for others.

use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};
use rocket::response::status::Accepted;
use rocket::{Either, Request, Responder, Route, State, post, routes};
use serde_json::Value;
use utoipa::ToSchema;

use super::body::{Body, Checked, Draft};
use super::error::{Error, ProblemDocument};
use super::tagged::Tagged;
use super::users::{UserDocument, tagged};
use crate::accounts::Accounts;
use crate::accounts::audit::{Actor, Refusal, Source};
use crate::accounts::captcha::{self, Answer};
use crate::accounts::names::{DisplayName, EmailAddress, Username};
use crate::accounts::one_time_link::LinkToken;
use crate::accounts::password::{Owner, Password};
use crate::accounts::sign_up::{self, Made, Refused, Shown, SignUp};
use crate::accounts::user::data::UserData;
use crate::http::accounts;
use crate::http::pace::Uncounted;
use crate::http::problem;
use crate::http::refusal::{self, Who};
use crate::http::same_origin::AllowedOrigin;
use crate::http::who::{MaybeBearer, StrangerSource};
use crate::texts::Worded;

/// A new account.
#[derive(Debug, ToSchema)]
#[schema(as = SignUp)]
#[expect(dead_code, reason = "describes the body for the document; it is read into a SignUp")]
pub struct SignUpBody {
    /// The name to log in with; made from the email address if omitted.
    #[schema(example = "anna")]
    username: Option<String>,
    /// At least 8 characters (more if the settings say so), not counting the owner's names and email address, and
    /// not a common password.
    #[schema(format = Password, example = "correct horse battery")]
    password: String,
    /// The name to show; the username if omitted.
    name: Option<String>,
    /// The email address. Required without a username.
    email: Option<String>,
    /// Data that an app keeps for this user; at most 16 KiB.
    #[schema(value_type = Option<Value>)]
    data: Option<Value>,
    /// The token of an invitation: what follows `token=` in its link.
    invitation: Option<String>,
    /// The id of the captcha that a 403 asked to solve.
    captcha: Option<String>,
    /// The signs that it shows or says.
    captcha_answer: Option<String>,
}

/// The body: the account to create, an invitation, and the answer to a captcha.
pub struct Sent {
    wanted: SignUp,
    invitation: Option<LinkToken>,
    captcha: Answer,
}

impl Body for Sent {
    const KIBIBYTES: u64 = 24;
    const FORM: bool = true;
    const MULTIPART: bool = true;

    fn allow(request: &Request<'_>, draft: &Draft) -> Result<(), Status> {
        let Uninvited { is_refused, user_id } = request.local_cache(Uninvited::default);
        if !is_refused || draft.is_filled("invitation") {
            return Ok(());
        }
        let who = user_id.as_deref().map_or(Who::Stranger, Who::User);
        refusal::note(request, Refusal::RequestRefused, who, "while signing up is closed");
        let by_invitation = accounts(request).sign_up.is_by_invitation();
        let refused = if by_invitation { Refused::NotInvited } else { Refused::Closed };
        problem::note(request, refused.words());
        Err(Status::Forbidden)
    }

    fn read(draft: &mut Draft) -> Option<Sent> {
        let invitation = draft.text("invitation").filter(|text| !text.is_empty());
        let invitation = invitation.map(|text| {
            let token = LinkToken::parse(&text).ok_or(Refused::Invitation);
            draft.understand("invitation", token)
        });
        let captcha = Answer {
            id: draft.text("captcha").unwrap_or_default(),
            text: draft.text("captcha_answer").unwrap_or_default(),
        };
        let filled = |text: &String| !text.is_empty();
        let username = draft.text("username").filter(filled);
        let username = username.map(|text| draft.understand("username", Username::parse(&text)));
        let display_name = draft.text("name").filter(filled);
        let display_name = display_name.map(|text| draft.understand("name", DisplayName::parse(&text)));
        let email = draft.text("email").filter(filled);
        let email = email.map(|text| draft.understand("email", EmailAddress::parse_new(&text)));
        if username.is_none() && email.is_none() {
            draft.refuse("username", "Send a username, or an email address to make one from.");
        }
        let named = username.as_ref().and_then(Option::as_ref).map_or("", Username::as_str);
        let shown = display_name.as_ref().and_then(Option::as_ref).map_or("", DisplayName::as_str);
        let address = email.as_ref().and_then(Option::as_ref).map(EmailAddress::as_given);
        let owner = Owner { username: named, display_name: shown, email: address };
        let password = draft.required("password").and_then(|text| {
            let checked = draft.password_rules.check(Password::typed(&text), owner);
            draft.understand("password", checked)
        });
        let data = draft.value("data").map(|value| UserData::new(value).map_err(|_| draft.refuse_as_too_large()).ok());
        let wanted = SignUp {
            username: settled(username)?,
            display_name: settled(display_name)?,
            email: settled(email)?,
            password: password?,
            data: settled(data)?,
        };
        Some(Sent { wanted, invitation: settled(invitation)?, captcha })
    }
}

/// Accepts a field that was left out, but not one that is invalid.
fn settled<T>(field: Option<Option<T>>) -> Option<Option<T>> {
    match field {
        None => Some(None),
        Some(understood) => understood.map(Some),
    }
}

/// 201, with the address of the account.
#[derive(Responder)]
#[response(status = 201)]
pub struct Created {
    user: Tagged<UserDocument>,
    location: rocket::http::Header<'static>,
}

/// Sign up; or, with the access token of an admin, make an account for someone else. With an invitation and for admins
/// it works also while sign-up is closed. The account may have to wait for approval: see `waits_for`.
///
/// Where the server sends mail, whoever signs up with an email address gets a link there, and the account is made when they
/// open it within a day and enter this password on its page. The answer is 202 then, whether or not an account has the address, whose owner is told instead.
/// Until then, a login with the right password is told to look for the message.
#[utoipa::path(post, path = "/api/v1/users",
    operation_id = "signUp", tag = "Users", security((), ("bearer" = [])),
    request_body(content((SignUpBody = "application/json"), (SignUpBody = "application/x-www-form-urlencoded"),
        (SignUpBody = "multipart/form-data"))),
    responses((status = 201, description = "The new account", body = UserDocument, headers(("Location" = String, description = "Its address"))),
        (status = 202, description = "A message is on its way to the email address: the link in it makes the account"),
        (status = 403, description = "Sign-up is closed or takes an invitation, this was sent by a page of an origin that is not allowed, or a captcha is to be solved first", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, description = "The username is taken; or the address, where the server sends no mail or an admin makes the account", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, description = "Too many sign-ups; see Retry-After", body = ProblemDocument, content_type = "application/problem+json")))]
#[post("/api/v1/users", data = "<body>")]
pub async fn create(
    _origin: AllowedOrigin,
    maker: Maker,
    source: StrangerSource,
    accounts: &State<Accounts>,
    body: Checked<Sent>,
) -> Result<Either<Created, Accepted<()>>, Error> {
    let Sent { wanted, invitation, captcha } = body.0;
    let made = match &maker {
        Maker::Anyone => {
            let shown = Shown { invitation, captcha: &captcha, form: sign_up::API_FORM };
            sign_up::sign_up(accounts, wanted, shown, &source.0).await
        }
        Maker::Admin(_) if invitation.is_some() => {
            return Err(Error::invalid("invitation", "An admin makes accounts without an invitation: leave it out."));
        }
        Maker::Admin(source) => {
            sign_up::provision(accounts, wanted, source).await.map(|account| Made::Account(Box::new(account)))
        }
    };
    let account = match made.map_err(|why| refused(why, accounts))? {
        Made::Account(account) => account,
        Made::Asked => return Ok(Either::Right(Accepted(()))),
    };
    let location = rocket::http::Header::new("Location", format!("/api/v1/users/{}", account.user.id));
    Ok(Either::Left(Created { user: tagged(*account), location }))
}

/// Who creates an account. Checked before the fields, so that nobody fills in a form in vain.
pub enum Maker {
    /// An admin, for someone else.
    Admin(Source),
    /// Anyone, if signing up is open or they have an invitation.
    Anyone,
}

/// Left in the request's cache by [`Maker`]: whether it takes an invitation, and who asks.
#[derive(Debug, Default)]
struct Uninvited {
    is_refused: bool,
    user_id: Option<String>,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Maker {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let is_refused = !accounts(request).sign_up.is_open();
        let user_id = match request.guard::<Uncounted<MaybeBearer>>().await {
            Outcome::Success(Uncounted(MaybeBearer::Bearer(bearer))) if bearer.identity.is_admin() => {
                let actor = Actor::User(bearer.identity.acting().as_admin());
                return Outcome::Success(Maker::Admin(Source { actor, ..bearer.source }));
            }
            // An invalid token does not count as no token: the program of an admin would sign up as a stranger without
            // noticing.
            Outcome::Error(error) => return Outcome::Error(error),
            Outcome::Success(Uncounted(MaybeBearer::Bearer(bearer))) => Some(bearer.identity.user.id.clone()),
            Outcome::Success(Uncounted(MaybeBearer::Stranger)) => None,
            Outcome::Forward(_) => return Outcome::Error((Status::InternalServerError, ())),
        };
        request.local_cache(|| Uninvited { is_refused, user_id });
        Outcome::Success(Maker::Anyone)
    }
}

fn refused(refused: Refused, accounts: &Accounts) -> Error {
    let words = refused.to_string();
    match refused {
        Refused::Closed | Refused::NotInvited => Error::new(Status::Forbidden, &words),
        Refused::Invitation => Error::invalid("invitation", &words),
        Refused::Throttled(wait) => Error::throttled(wait),
        Refused::Busy(full) => Error::busy(full),
        Refused::ReservedUsername => Error::invalid("username", &words),
        Refused::NoName => Error::invalid("username", "Send a username, or an email address to make one from."),
        Refused::Captcha(_) => Error::captcha_required(
            "Solve the captcha: send its id as captcha, and the signs that it shows or says as captcha_answer.",
            captcha::issue(accounts, sign_up::API_FORM),
        ),
        Refused::Email(_) | Refused::InvitedAddress(_) => Error::invalid("email", &words),
        Refused::User(error) => error.into(),
    }
}

/// The route of this feature.
pub fn routes() -> Vec<Route> {
    routes![create]
}
