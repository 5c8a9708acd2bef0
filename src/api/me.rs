//! `/api/v1/me`: one's own account, password, data and sessions.

use rocket::http::Status;
use rocket::response::status::NoContent;
use rocket::serde::json::Json;
use rocket::{Route, State, delete, get, patch, put, routes};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::body::{Body, Checked, Draft, Whole};
use super::error::{Error, ProblemDocument};
use super::page::timestamp;
use super::tokens::TokenPair;
use super::user_edit::own_edit;
use super::users::UserDocument;
use crate::accounts::Accounts;
use crate::accounts::password::Password;
use crate::accounts::password::change::{self, Outcome};
use crate::accounts::session::{self, Identity, Session};
use crate::accounts::user::data::{self, UserData};
use crate::accounts::user::email_change::{self, Refused};
use crate::accounts::user::{Account, Edit, Which};
use crate::http::pace::Uncounted;
use crate::http::who::Bearer;

/// Read one's own account.
#[utoipa::path(get, path = "/api/v1/me", tag = "Me", security(("bearer" = [])),
    responses((status = 200, description = "The account", body = UserDocument)))]
#[get("/api/v1/me")]
pub fn show(bearer: Bearer<'_>) -> Json<UserDocument> {
    let Identity { user, roles, .. } = bearer.identity.clone();
    Json(UserDocument::of(Account { user, roles }))
}

/// What shall be different; what is left out stays.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "describes the body for the document; it is read into an Edit")]
pub struct OwnChanges {
    /// Another name.
    name: Option<String>,
    /// Another address; null for none.
    email: Option<String>,
}

/// What people change about themselves.
#[derive(Debug)]
pub struct OwnEdit(Edit);

impl Body for OwnEdit {
    fn read(draft: &mut Draft) -> Option<OwnEdit> {
        Some(OwnEdit(own_edit(draft)))
    }
}

/// Change one's own name or address.
#[utoipa::path(patch, path = "/api/v1/me", tag = "Me", security(("bearer" = [])), request_body = OwnChanges,
    responses((status = 200, description = "The account as it is now", body = UserDocument),
        (status = 409, description = "The address is taken", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, description = "Too many changes of the address; see Retry-After", body = ProblemDocument, content_type = "application/problem+json")))]
#[patch("/api/v1/me", data = "<body>")]
pub async fn update(
    bearer: Bearer<'_>,
    accounts: &State<Accounts>,
    body: Checked<OwnEdit>,
) -> Result<Json<UserDocument>, Error> {
    match email_change::edit_own(accounts, &bearer.source, &bearer.identity.user, body.0.0).await {
        Ok(account) => Ok(Json(UserDocument::of(account))),
        Err(Refused::Throttled(wait)) => Err(Error::throttled(wait)),
        Err(Refused::User(error)) => Err(error.into()),
    }
}

/// The password as it is and as it shall be.
#[derive(Debug, ToSchema)]
pub struct PasswordChange {
    /// The current password.
    #[schema(value_type = String, format = Password)]
    current_password: Password,
    /// Long enough (8 characters unless the settings ask for more) without the names and the address of its owner, and
    /// not a common password.
    #[schema(value_type = String, format = Password)]
    new_password: Password,
}

impl Body for PasswordChange {
    fn read(draft: &mut Draft) -> Option<PasswordChange> {
        let (current, new) = (draft.required("current_password"), draft.required("new_password"));
        Some(PasswordChange { current_password: Password::typed(&current?), new_password: Password::typed(&new?) })
    }
}

/// Change one's own password. All logins end; this one goes on with the new pair.
#[utoipa::path(put, path = "/api/v1/me/password", tag = "Me", security(("bearer" = [])), request_body = PasswordChange,
    responses((status = 200, description = "A new pair", body = TokenPair),
        (status = 403, description = "The current password is wrong", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 429, description = "Too many attempts; see Retry-After", body = ProblemDocument, content_type = "application/problem+json")))]
#[put("/api/v1/me/password", data = "<body>")]
pub async fn update_password(
    bearer: Uncounted<Bearer<'_>>,
    accounts: &State<Accounts>,
    body: Checked<PasswordChange>,
) -> Result<Json<TokenPair>, Error> {
    let PasswordChange { current_password, new_password } = body.0;
    let Uncounted(bearer) = bearer;
    let changed = change::change(accounts, bearer.identity, current_password, new_password, &bearer.source).await?;
    match changed {
        Outcome::Changed(pair) => Ok(Json((*pair).into())),
        Outcome::Wrong => Err(Error::new(Status::Forbidden, "The current password is wrong.")),
        Outcome::Throttled(wait) => Err(Error::throttled(wait)),
        Outcome::Rejected(rejected) => Err(Error::invalid("new_password", &rejected.to_string())),
    }
}

/// Read the data that an app keeps for this user.
#[utoipa::path(get, path = "/api/v1/me/data", tag = "Me", security(("bearer" = [])),
    responses((status = 200, description = "Any JSON", body = Value),
        (status = 404, description = "Nothing is kept", body = ProblemDocument, content_type = "application/problem+json")))]
#[get("/api/v1/me/data")]
pub async fn show_data(bearer: Bearer<'_>, accounts: &State<Accounts>) -> Result<Json<Value>, Error> {
    let data = data::get(accounts, &bearer.identity.user.id).await?;
    data.map(|data| Json(data.into_value())).ok_or_else(Error::not_found)
}

/// Keep data for this user, in place of what was kept: any JSON of at most 16 KiB.
#[utoipa::path(put, path = "/api/v1/me/data", tag = "Me", security(("bearer" = [])), request_body = Value,
    responses((status = 200, description = "What is kept now", body = Value)))]
#[put("/api/v1/me/data", data = "<body>")]
pub async fn update_data(bearer: Bearer<'_>, accounts: &State<Accounts>, body: Whole) -> Result<Json<Value>, Error> {
    let data = UserData::new(body.0).map_err(|error| Error::new(Status::PayloadTooLarge, &error.to_string()))?;
    data::put(accounts, &bearer.source, &bearer.identity.user.id, data.clone()).await?;
    Ok(Json(data.into_value()))
}

/// Keep no data for this user any more.
#[utoipa::path(delete, path = "/api/v1/me/data", tag = "Me", security(("bearer" = [])),
    responses((status = 204, description = "Nothing is kept now")))]
#[delete("/api/v1/me/data")]
pub async fn destroy_data(bearer: Bearer<'_>, accounts: &State<Accounts>) -> Result<NoContent, Error> {
    data::remove(accounts, &bearer.source, &bearer.identity.user.id).await?;
    Ok(NoContent)
}

/// A login that has not ended.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Session)]
pub struct SessionDocument {
    id: String,
    /// `browser` or `token`.
    kind: &'static str,
    /// Whether it is the one that this request belongs to.
    current: bool,
    created_at: String,
    last_seen_at: String,
    /// When it ends unless it is used.
    ends_at: String,
    address: Option<String>,
    user_agent: Option<String>,
}

/// One's logins.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionList {
    sessions: Vec<SessionDocument>,
    /// Always null: all of them are on one page.
    next: Option<String>,
}

/// List one's logins, the newest first.
#[utoipa::path(get, path = "/api/v1/me/sessions", tag = "Me", security(("bearer" = [])),
    responses((status = 200, description = "All that have not ended", body = SessionList)))]
#[get("/api/v1/me/sessions")]
pub async fn index_sessions(bearer: Bearer<'_>, accounts: &State<Accounts>) -> Result<Json<SessionList>, Error> {
    let current = &bearer.identity.session.id;
    let sessions = session::list(accounts, Some(Which::Id(bearer.identity.user.id.clone()))).await?;
    let document = |(session, _): (Session, String)| SessionDocument {
        kind: session.kind().as_str(),
        current: session.id == *current,
        created_at: timestamp(session.created_at),
        last_seen_at: timestamp(session.last_seen_at),
        ends_at: timestamp(session.ends_at()),
        id: session.id,
        address: session.address,
        user_agent: session.user_agent,
    };
    Ok(Json(SessionList { sessions: sessions.into_iter().map(document).collect(), next: None }))
}

/// End one of one's logins.
#[utoipa::path(delete, path = "/api/v1/me/sessions/{id}", tag = "Me", security(("bearer" = [])), params(("id" = String, Path)),
    responses((status = 204, description = "Ended"),
        (status = 404, description = "There is none", body = ProblemDocument, content_type = "application/problem+json")))]
#[delete("/api/v1/me/sessions/<id>")]
pub async fn destroy_session(
    bearer: Uncounted<Bearer<'_>>,
    id: String,
    accounts: &State<Accounts>,
) -> Result<NoContent, Error> {
    let Uncounted(bearer) = bearer;
    if session::end_own(accounts, &bearer.source, &bearer.identity.user.id, &id).await? {
        Ok(NoContent)
    } else {
        Err(Error::not_found())
    }
}

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    routes![show, update, update_password, show_data, update_data, destroy_data, index_sessions, destroy_session]
}
