//! `/api/v1/invitations`: admins invite people to sign up.

use rocket::http::Status;
use rocket::response::status::NoContent;
use rocket::serde::json::Json;
use rocket::{Route, State, delete, get, post, routes};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::body::{Body, Checked, Draft};
use super::error::{Error, ProblemDocument};
use super::paging::{Limit, Paged};
use crate::accounts::Accounts;
use crate::accounts::invitation::{self, Days, Invalid, Invitation, NewInvitation, Note, Uses};
use crate::accounts::names::EmailAddress;
use crate::accounts::user::role::RoleName;
use crate::http::links::Links;
use crate::http::pace::Uncounted;
use crate::http::who::AdminBearer;
use crate::notation::rfc3339;

/// An invitation.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Invitation)]
pub struct InvitationDocument {
    id: String,
    /// What it is for; may be empty.
    note: String,
    /// The roles that it gives, sorted by name.
    roles: Vec<String>,
    /// The only address that may sign up with it; null: any.
    email: Option<String>,
    /// How many accounts may be made with it.
    uses: i64,
    /// How many were.
    used: i64,
    /// The id of the admin who made it; null: whoever runs the server.
    made_by: Option<String>,
    /// RFC 3339.
    created_at: String,
    /// RFC 3339.
    expires_at: String,
}

impl InvitationDocument {
    fn of(invitation: Invitation) -> InvitationDocument {
        InvitationDocument {
            roles: invitation.roles().into_iter().map(str::to_owned).collect(),
            id: invitation.id,
            note: invitation.note,
            email: invitation.email,
            uses: invitation.uses,
            used: invitation.used,
            made_by: invitation.made_by,
            created_at: rfc3339(invitation.created_at),
            expires_at: rfc3339(invitation.expires_at),
        }
    }
}

/// An invitation that was just made.
#[derive(Debug, Serialize, ToSchema)]
pub struct NewInvitationDocument {
    invitation: InvitationDocument,
    /// What to give to those who are invited. It is told this once.
    link: String,
}

/// One page of invitations.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationList {
    invitations: Vec<InvitationDocument>,
    /// What to send as `after` for the next page; null on the last one.
    next: Option<String>,
}

/// List the invitations that have not expired, the latest first. Those that are used up are among them.
#[utoipa::path(get, path = "/api/v1/invitations",
    operation_id = "listInvitations", tag = "Invitations", security(("bearer" = [])),
    params(("after" = Option<String>, Query, description = "The `next` of the previous page"),
        ("limit" = Option<u32>, Query, description = "How many per page: 1 to 100; 50 if omitted", minimum = 1, maximum = 100)),
    responses((status = 200, description = "A page of invitations", body = InvitationList, headers(("Link" = String, description = "The next page, if there is one (RFC 8288)"))),
        (status = 422, description = "A parameter can't be used", body = ProblemDocument, content_type = "application/problem+json")))]
#[get("/api/v1/invitations?<after>&<limit>")]
pub async fn index(
    _admin: AdminBearer<'_>,
    after: Option<String>,
    limit: Limit,
    accounts: &State<Accounts>,
) -> Result<Paged<InvitationList>, Error> {
    let limit = limit.get()?;
    let mut found = invitation::list(accounts, after, limit.unsigned_abs() as u32 + 1).await?;
    let more = found.len() as i64 > limit;
    found.truncate(limit.unsigned_abs() as usize);
    let next = found.last().filter(|_| more).map(|invitation| invitation.id.clone());
    let invitations = found.into_iter().map(InvitationDocument::of).collect();
    Ok(Paged { next: next.clone(), page: InvitationList { invitations, next } })
}

/// An invitation to be made; every field may be left out.
#[derive(Debug, ToSchema)]
#[schema(as = NewInvitation)]
#[expect(dead_code, reason = "describes the body for the document; it is read into a NewInvitation")]
pub struct NewInvitationBody {
    /// What it is for, such as whom; one line.
    note: Option<String>,
    /// The roles that it gives.
    roles: Option<Vec<String>>,
    /// The only address that may sign up with it.
    email: Option<String>,
    /// How many accounts may be made with it; 1 if omitted.
    #[schema(minimum = 1, maximum = 10_000)]
    uses: Option<u32>,
    /// For how many days it works; 7 if omitted.
    #[schema(minimum = 1, maximum = 365)]
    days: Option<u32>,
}

impl Body for NewInvitation {
    fn read(draft: &mut Draft) -> Option<NewInvitation> {
        let note = draft.text("note").map(|text| draft.understand("note", Note::parse(&text)));
        let email = draft.text("email").map(|text| draft.understand("email", EmailAddress::parse_new(&text)));
        let uses = draft.value("uses").map(|value| draft.understand("uses", number(&value, Uses::new, Invalid::Uses)));
        let days = draft.value("days").map(|value| draft.understand("days", number(&value, Days::new, Invalid::Days)));
        let roles = draft.value("roles").map(|value| {
            let roles = roles(&value);
            draft.understand("roles", roles)
        });
        Some(NewInvitation {
            note: note.unwrap_or_else(|| Some(Note::default()))?,
            roles: roles.unwrap_or_else(|| Some(Vec::new()))?,
            email: email.map_or(Some(None), |email| email.map(Some))?,
            uses: uses.unwrap_or_else(|| Some(Uses::default()))?,
            days: days.unwrap_or_else(|| Some(Days::default()))?,
        })
    }
}

fn number<T>(value: &Value, new: fn(u64) -> Result<T, Invalid>, invalid: Invalid) -> Result<T, Invalid> {
    new(value.as_u64().ok_or(invalid)?)
}

fn roles(value: &Value) -> Result<Vec<RoleName>, String> {
    let names = value.as_array().ok_or("This has to be a list of names of roles.")?;
    let role = |name: &Value| {
        let name = name.as_str().ok_or("This has to be a list of names of roles.")?;
        RoleName::parse(name).map_err(|error| error.to_string())
    };
    names.iter().map(role).collect()
}

/// Invite people to sign up. The answer has the link, which is told this once.
#[utoipa::path(post, path = "/api/v1/invitations",
    operation_id = "createInvitation", tag = "Invitations", security(("bearer" = [])), request_body = NewInvitationBody,
    responses((status = 201, description = "The invitation and its link", body = NewInvitationDocument)))]
#[post("/api/v1/invitations", data = "<body>")]
pub async fn create(
    admin: Uncounted<AdminBearer<'_>>,
    accounts: &State<Accounts>,
    links: Links,
    body: Checked<NewInvitation>,
) -> Result<(Status, Json<NewInvitationDocument>), Error> {
    let (invitation, token) = invitation::create(accounts, &admin.0.0.source, body.0).await?;
    let document =
        NewInvitationDocument { invitation: InvitationDocument::of(invitation), link: links.invitation(&token) };
    Ok((Status::Created, Json(document)))
}

/// Revoke an invitation. Accounts that were made with it stay.
#[utoipa::path(delete, path = "/api/v1/invitations/{id}",
    operation_id = "revokeInvitation", tag = "Invitations", security(("bearer" = [])), params(("id" = String, Path)),
    responses((status = 204, description = "Revoked"),
        (status = 404, description = "Not found", body = ProblemDocument, content_type = "application/problem+json")))]
#[delete("/api/v1/invitations/<id>")]
pub async fn destroy(
    admin: Uncounted<AdminBearer<'_>>,
    id: String,
    accounts: &State<Accounts>,
) -> Result<NoContent, Error> {
    match invitation::revoke(accounts, &admin.0.0.source, id).await? {
        true => Ok(NoContent),
        false => Err(Error::not_found()),
    }
}

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    routes![index, create, destroy]
}
