//! `GET /api/v1/overview`: admins see how many log in, who waits, what mail does, and what deserves a look.

use rocket::serde::json::Json;
use rocket::{Route, State, get, routes};

use super::error::Error;
use crate::accounts::Accounts;
use crate::check::overview::OverviewDocument;
use crate::config::Config;
use crate::http::who::AdminBearer;

/// See how many log in, who waits, what mail does, and what deserves a look.
#[utoipa::path(get, path = "/api/v1/overview",
    operation_id = "getOverview", tag = "Server", security(("bearer" = [])),
    responses((status = 200, description = "All of it", body = OverviewDocument)))]
#[get("/api/v1/overview")]
pub async fn show(
    _admin: AdminBearer<'_>,
    accounts: &State<Accounts>,
    config: &State<Config>,
) -> Result<Json<OverviewDocument>, Error> {
    Ok(Json(OverviewDocument::read(accounts, config).await?))
}

/// The route of this feature.
pub fn routes() -> Vec<Route> {
    routes![show]
}
