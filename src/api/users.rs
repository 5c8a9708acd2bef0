//! `/api/v1/users`: admins list, read, change and remove accounts, and give and take away roles.

use rocket::response::status::NoContent;
use rocket::serde::json::Json;
use rocket::{Route, State, delete, get, patch, put, routes};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::body::Checked;
use super::error::{Error, ProblemDocument};
use super::paging::{Limit, Paged};
use super::tagged::{Asked, Tagged};
use super::user_edit::{AdminEdit, UserChanges};
use crate::accounts::Accounts;
use crate::accounts::user::role::RoleName;
use crate::accounts::user::{self, Account, Edit, Search, WaitsFor, Which};
use crate::http::conditions::Conditions;
use crate::http::pace::Uncounted;
use crate::http::who::AdminBearer;
use crate::notation::rfc3339;

/// An account.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = User)]
pub struct UserDocument {
    /// A UUID, never used again.
    id: String,
    /// The name to log in with.
    username: String,
    /// The name to show.
    name: String,
    /// The email address.
    email: Option<String>,
    /// Whether the owner is known to read the mail at the address, by a link that was sent there or by the word of an admin.
    /// Where mail is sent, an address that is not confirmed gets none but the link. Null without an address.
    email_confirmed: Option<bool>,
    /// Sorted by name; `admin` may do everything.
    roles: Vec<String>,
    /// Whether the account may log in, once it waits for nothing.
    enabled: bool,
    /// What has to happen before anyone may log in: `approval`, by an admin. Null: nothing.
    waits_for: Option<&'static str>,
    /// RFC 3339.
    created_at: String,
    /// When it will be deleted, as its owner asked, unless they log in before; RFC 3339.
    deletes_at: Option<String>,
}

impl UserDocument {
    /// The document of an account.
    pub fn of(account: Account) -> UserDocument {
        let Account { user, roles } = account;
        UserDocument {
            waits_for: user.waits_for().map(WaitsFor::as_str),
            email_confirmed: user.email.is_some().then_some(user.email_confirmed_at.is_some()),
            id: user.id,
            username: user.username,
            name: user.display_name,
            email: user.email,
            roles,
            enabled: user.disabled_at.is_none(),
            created_at: rfc3339(user.created_at),
            deletes_at: user.deletes_at.map(rfc3339),
        }
    }
}

/// One page of accounts.
#[derive(Debug, Serialize, ToSchema)]
pub struct UserList {
    users: Vec<UserDocument>,
    /// What to send as `after` for the next page; null on the last one.
    next: Option<String>,
}

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "names the parameters for the document")]
struct ListParameters {
    /// Part of a username, a name or an email address
    query: Option<String>,
    /// Only accounts with this role
    role: Option<String>,
    /// Only accounts that wait for something, such as approval
    waiting: Option<bool>,
    /// Only accounts that are so just now: one of these words
    state: Option<String>,
    /// The `next` of the previous page
    after: Option<String>,
    /// How many per page: 1 to 100; 50 if omitted
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// List the accounts, by username.
#[utoipa::path(get, path = "/api/v1/users",
    operation_id = "listUsers", tag = "Users", security(("bearer" = [])), params(ListParameters),
    responses((status = 200, description = "A page of accounts", body = UserList, headers(("Link" = String, description = "The next page, if there is one (RFC 8288)"))),
        (status = 422, description = "A parameter can't be used", body = ProblemDocument, content_type = "application/problem+json")))]
#[get("/api/v1/users?<query>&<role>&<waiting>&<state>&<after>&<limit>")]
#[expect(clippy::too_many_arguments, reason = "each is a parameter of the query, which is checked against the route")]
pub async fn index(
    _admin: AdminBearer<'_>,
    query: Option<String>,
    role: Option<String>,
    waiting: Option<&str>,
    state: Option<&str>,
    after: Option<String>,
    limit: Limit,
    accounts: &State<Accounts>,
) -> Result<Paged<UserList>, Error> {
    if query.as_ref().is_some_and(|query| query.chars().count() > user::MAX_QUERY) {
        return Err(Error::invalid("query", "This is longer than any name: at most 254 characters."));
    }
    let waiting = match waiting {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(Error::invalid("waiting", "This has to be true or false.")),
    };
    let state = match state.map(user::State::parse) {
        Some(None) => return Err(Error::invalid("state", "This has to be enabled, waiting, disabled or deleting.")),
        state => state.flatten(),
    };
    let search = Search { query, role, waiting, state, after, limit: limit.get()? };
    let found = user::search(accounts, search).await?;
    let users = found.users.into_iter().map(UserDocument::of).collect();
    Ok(Paged { next: found.next.clone(), page: UserList { users, next: found.next } })
}

/// Read an account.
#[utoipa::path(get, path = "/api/v1/users/{id}",
    operation_id = "getUser", tag = "Users", security(("bearer" = [])), params(("id" = String, Path)),
    responses((status = 200, description = "The account", body = UserDocument, headers(("ETag" = String, description = "Its version"))),
        (status = 304, description = "It is the version that If-None-Match names"),
        (status = 404, description = "Not found", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, description = "It is not the version that If-Match names", body = ProblemDocument, content_type = "application/problem+json")))]
#[get("/api/v1/users/<id>")]
pub async fn show(
    _admin: AdminBearer<'_>,
    id: String,
    conditions: Conditions,
    accounts: &State<Accounts>,
) -> Result<Asked<UserDocument>, Error> {
    Ok(Asked(tagged(user::show(accounts, Which::Id(id)).await?), conditions))
}

/// An account and its version.
pub(super) fn tagged(account: Account) -> Tagged<UserDocument> {
    Tagged(account.version(), UserDocument::of(account))
}

/// Change an account. Passwords can't be set here. What reading it answered may be sent back.
#[utoipa::path(patch, path = "/api/v1/users/{id}",
    operation_id = "updateUser", tag = "Users", security(("bearer" = [])), params(("id" = String, Path)),
    request_body = UserChanges,
    responses((status = 200, description = "The account as it is now", body = UserDocument, headers(("ETag" = String, description = "Its version"))),
        (status = 404, description = "Not found", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, description = "The name is taken, or it is the last admin", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, description = "It is not the version that If-Match names", body = ProblemDocument, content_type = "application/problem+json")))]
#[patch("/api/v1/users/<id>", data = "<body>")]
pub async fn update(
    admin: Uncounted<AdminBearer<'_>>,
    id: String,
    conditions: Conditions,
    accounts: &State<Accounts>,
    body: Checked<AdminEdit>,
) -> Result<Tagged<UserDocument>, Error> {
    let AdminEdit { edit, echo } = body.0;
    if !echo.is_empty() {
        echo.check(&UserDocument::of(user::show(accounts, Which::Id(id.clone())).await?))?;
    }
    let edit = Edit { expected: conditions.0, ..edit };
    Ok(tagged(user::edit(accounts, &admin.0.0.source, Which::Id(id), edit).await?.now))
}

/// Remove an account and all that belongs to it.
#[utoipa::path(delete, path = "/api/v1/users/{id}",
    operation_id = "deleteUser", tag = "Users", security(("bearer" = [])), params(("id" = String, Path)),
    responses((status = 204, description = "Deleted"),
        (status = 404, description = "Not found", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, description = "It is the last admin", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, description = "It is not the version that If-Match names", body = ProblemDocument, content_type = "application/problem+json")))]
#[delete("/api/v1/users/<id>")]
pub async fn destroy(
    admin: Uncounted<AdminBearer<'_>>,
    id: String,
    conditions: Conditions,
    accounts: &State<Accounts>,
) -> Result<NoContent, Error> {
    user::delete(accounts, &admin.0.0.source, Which::Id(id), conditions.0).await?;
    Ok(NoContent)
}

/// Give a role: `admin`, or any that you name.
#[utoipa::path(put, path = "/api/v1/users/{id}/roles/{role}",
    operation_id = "addRole", tag = "Users", security(("bearer" = [])),
    params(("id" = String, Path), ("role" = String, Path)),
    responses((status = 200, description = "The account as it is now", body = UserDocument),
        (status = 404, description = "Not found", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "Not a valid name of a role", body = ProblemDocument, content_type = "application/problem+json")))]
#[put("/api/v1/users/<id>/roles/<role>")]
pub async fn add_role(
    admin: Uncounted<AdminBearer<'_>>,
    id: String,
    role: &str,
    accounts: &State<Accounts>,
) -> Result<Json<UserDocument>, Error> {
    let role = RoleName::parse(role).map_err(|error| Error::invalid("role", &error.to_string()))?;
    let changed = user::add_role(accounts, &admin.0.0.source, Which::Id(id), role).await?;
    Ok(Json(UserDocument::of(changed.now)))
}

/// Take a role away.
#[utoipa::path(delete, path = "/api/v1/users/{id}/roles/{role}",
    operation_id = "removeRole", tag = "Users", security(("bearer" = [])),
    params(("id" = String, Path), ("role" = String, Path)),
    responses((status = 204, description = "Removed"),
        (status = 404, description = "There is no such account, or it does not have the role", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 409, description = "It is the last admin", body = ProblemDocument, content_type = "application/problem+json")))]
#[delete("/api/v1/users/<id>/roles/<role>")]
pub async fn remove_role(
    admin: Uncounted<AdminBearer<'_>>,
    id: String,
    role: &str,
    accounts: &State<Accounts>,
) -> Result<NoContent, Error> {
    let Ok(role) = RoleName::parse(role) else { return Err(Error::not_found()) };
    let changed = user::remove_role(accounts, &admin.0.0.source, Which::Id(id), role.clone()).await?;
    if changed.before.has(&role) { Ok(NoContent) } else { Err(Error::not_found()) }
}

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    routes![index, show, update, destroy, add_role, remove_role]
}
