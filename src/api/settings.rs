//! `GET /api/v1/settings`: admins see the settings in force, and where each comes from. Secrets are not told.

use rocket::serde::json::Json;
use rocket::{Route, State, get, routes};

use crate::check::settings::SettingsDocument;
use crate::config::Config;
use crate::http::who::AdminBearer;

/// See the settings in force, without secrets.
#[utoipa::path(get, path = "/api/v1/settings",
    operation_id = "listSettings", tag = "Server", security(("bearer" = [])),
    responses((status = 200, description = "All settings, in reading order", body = SettingsDocument)))]
#[get("/api/v1/settings")]
pub fn index(_admin: AdminBearer<'_>, config: &State<Config>) -> Json<SettingsDocument> {
    Json(SettingsDocument::of(config))
}

/// The route of this feature.
pub fn routes() -> Vec<Route> {
    routes![index]
}
