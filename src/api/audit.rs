//! `/api/v1/audit`: admins read who did what to whom, when and from where.

use rocket::{Route, State, get, routes};
use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};
use utoipa::{IntoParams, ToSchema};

use super::error::{Error, ProblemDocument};
use super::paging::{Limit, Paged};
use crate::accounts::Accounts;
use crate::accounts::audit::export::EventDocument;
use crate::accounts::audit::filter::Asked;
use crate::accounts::audit::list::Row;
use crate::accounts::audit::search::{self, Order, Search};
use crate::accounts::user;
use crate::http::who::AdminBearer;

/// One page of the audit.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditList {
    /// The latest first. There may be fewer than the limit, or none, although there is a next page.
    #[serde(serialize_with = "as_documents")]
    #[schema(value_type = Vec<EventDocument<'static>>)]
    events: Vec<Row>,
    /// What to send as `after` for the next page; null on the last one.
    next: Option<String>,
}

fn as_documents<S: Serializer>(rows: &[Row], serializer: S) -> Result<S::Ok, S::Error> {
    let mut documents = serializer.serialize_seq(Some(rows.len()))?;
    for row in rows {
        documents.serialize_element(&EventDocument::of(row))?;
    }
    documents.end()
}

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "names the parameters for the document")]
struct ListParameters {
    /// An event, such as `login.failed`, or a group of events, such as `login`
    event: Option<String>,
    /// What this user did, and what was done to them: a username, an email address or an id; `operator` and `system`
    /// too
    user: Option<String>,
    /// What came from this IP address
    address: Option<String>,
    /// From this day or moment (RFC 3339) on
    from: Option<String>,
    /// Until this day, with all of it, or before this moment
    until: Option<String>,
    /// The `next` of the previous page
    after: Option<String>,
    /// How many per page: 1 to 100; 50 if omitted
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// Read the audit, the latest first.
#[utoipa::path(get, path = "/api/v1/audit",
    operation_id = "listAuditEvents", tag = "Audit", security(("bearer" = [])), params(ListParameters),
    responses((status = 200, description = "A page of it", body = AuditList, headers(("Link" = String, description = "The next page, if there is one (RFC 8288)"))),
        (status = 422, description = "A parameter can't be used, or nobody is known by that name", body = ProblemDocument, content_type = "application/problem+json")))]
#[get("/api/v1/audit?<event>&<user>&<address>&<from>&<until>&<after>&<limit>")]
#[expect(clippy::too_many_arguments, reason = "each is a parameter of the query, which is checked against the route")]
pub async fn index(
    _admin: AdminBearer<'_>,
    event: Option<String>,
    user: Option<String>,
    address: Option<String>,
    from: Option<String>,
    until: Option<String>,
    after: Option<String>,
    limit: Limit,
    accounts: &State<Accounts>,
) -> Result<Paged<AuditList>, Error> {
    let filter = Asked { event, user, address, from, until }.read().map_err(|wrong| Error::invalid_fields(&wrong))?;
    let limit = u32::try_from(limit.get()?).unwrap_or_default();
    let search = Search { filter, order: Order::LatestFirst, after, limit };
    let found = search::page(accounts, search).await.map_err(|error| match error {
        user::Error::NotFound(_) => Error::invalid("user", "Nobody is known by this name."),
        error => error.into(),
    })?;
    Ok(Paged { next: found.next.clone(), page: AuditList { events: found.rows, next: found.next } })
}

/// The route of this feature.
pub fn routes() -> Vec<Route> {
    routes![index]
}
