//! `/api/v1/me/activity`: what happened to the user's own account.

use rocket::{Route, State, get, routes};
use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts::Accounts;
use crate::accounts::audit::list;
use crate::api::error::{Error, ProblemDocument};
use crate::api::paging::{Limit, Paged};
use crate::export::EventPart;
use crate::http::who::Bearer;

/// One page of what happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActivityList {
    activity: Vec<EventPart>,
    /// What to send as `after` for the next page; null on the last one.
    next: Option<String>,
}

/// List what happened to your account, the latest first.
#[utoipa::path(get, path = "/api/v1/me/activity",
    operation_id = "listMyActivity", tag = "Me", security(("bearer" = [])),
    params(("after" = Option<String>, Query, description = "The `next` of the previous page"),
        ("limit" = Option<u32>, Query, description = "How many per page: 1 to 100; 50 if omitted", minimum = 1, maximum = 100)),
    responses((status = 200, description = "A page of it", body = ActivityList, headers(("Link" = String, description = "The next page, if there is one (RFC 8288)"))),
        (status = 422, description = "A parameter can't be used", body = ProblemDocument, content_type = "application/problem+json")))]
#[get("/api/v1/me/activity?<after>&<limit>")]
pub async fn index_activity(
    bearer: Bearer<'_>,
    after: Option<String>,
    limit: Limit,
    accounts: &State<Accounts>,
) -> Result<Paged<ActivityList>, Error> {
    let limit = u32::try_from(limit.get()?).unwrap_or_default();
    let mut rows = list::about(accounts, &bearer.identity.user.id, after, limit + 1).await?;
    let is_more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let next = rows.last().filter(|_| is_more).map(|row| row.id.clone());
    let activity = rows.into_iter().map(EventPart::of).collect();
    Ok(Paged { next: next.clone(), page: ActivityList { activity, next } })
}

/// The route of this part.
pub fn routes() -> Vec<Route> {
    routes![index_activity]
}
