//! `/api/v1/me/data`: the data that an app keeps for a user.

use rocket::http::Status;
use rocket::response::status::NoContent;
use rocket::{Route, State, delete, get, put, routes};
use serde_json::Value;

use crate::accounts::Accounts;
use crate::accounts::user::data::{self, UserData};
use crate::api::body::Whole;
use crate::api::error::{Error, ProblemDocument};
use crate::api::tagged::{Asked, Tagged};
use crate::http::conditions::Conditions;
use crate::http::who::Bearer;

/// Read the data that an app keeps for this user.
#[utoipa::path(get, path = "/api/v1/me/data",
    operation_id = "getMyData", tag = "Me", security(("bearer" = [])),
    responses((status = 200, description = "Any JSON", body = Value, headers(("ETag" = String, description = "Its version"))),
        (status = 304, description = "It is the version that If-None-Match names"),
        (status = 404, description = "No data is stored", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 412, description = "It is not the version that If-Match names", body = ProblemDocument, content_type = "application/problem+json")))]
#[get("/api/v1/me/data")]
pub async fn show_data(
    bearer: Bearer<'_>,
    conditions: Conditions,
    accounts: &State<Accounts>,
) -> Result<Asked<Value>, Error> {
    let data = data::get(accounts, &bearer.identity.user.id).await?;
    data.map(|data| Asked(tagged(data), conditions)).ok_or_else(Error::not_found)
}

fn tagged(data: UserData) -> Tagged<Value> {
    Tagged(data.version(), data.into_value())
}

/// Replace the data that an app keeps for this user: any JSON of at most 16 KiB. With `If-None-Match: *` only if there is
/// none yet.
#[utoipa::path(put, path = "/api/v1/me/data",
    operation_id = "replaceMyData", tag = "Me", security(("bearer" = [])), request_body = Value,
    responses((status = 200, description = "The data as stored", body = Value, headers(("ETag" = String, description = "Its version"))),
        (status = 412, description = "It is not the version that If-Match names", body = ProblemDocument, content_type = "application/problem+json")))]
#[put("/api/v1/me/data", data = "<body>")]
pub async fn update_data(
    bearer: Bearer<'_>,
    conditions: Conditions,
    accounts: &State<Accounts>,
    body: Whole,
) -> Result<Tagged<Value>, Error> {
    let data = UserData::new(body.0).map_err(|error| Error::new(Status::PayloadTooLarge, &error.to_string()))?;
    data::put(accounts, &bearer.source, &bearer.identity.user.id, data.clone(), conditions.0).await?;
    Ok(tagged(data))
}

/// Delete the data that an app keeps for this user.
#[utoipa::path(delete, path = "/api/v1/me/data",
    operation_id = "deleteMyData", tag = "Me", security(("bearer" = [])),
    responses((status = 204, description = "The data was deleted"),
        (status = 412, description = "It is not the version that If-Match names", body = ProblemDocument, content_type = "application/problem+json")))]
#[delete("/api/v1/me/data")]
pub async fn destroy_data(
    bearer: Bearer<'_>,
    conditions: Conditions,
    accounts: &State<Accounts>,
) -> Result<NoContent, Error> {
    data::remove(accounts, &bearer.source, &bearer.identity.user.id, conditions.0).await?;
    Ok(NoContent)
}

/// The routes of this part.
pub fn routes() -> Vec<Route> {
    routes![show_data, update_data, destroy_data]
}
