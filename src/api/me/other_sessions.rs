//! `DELETE /api/v1/me/sessions`: ends all of the user's logins except the current one.

use rocket::response::status::NoContent;
use rocket::{Route, State, delete, routes};

use crate::accounts::Accounts;
use crate::accounts::session;
use crate::api::error::Error;
use crate::http::pace::Uncounted;
use crate::http::who::Bearer;

/// End all of your logins but the one of this access token.
#[utoipa::path(delete, path = "/api/v1/me/sessions",
    operation_id = "endMyOtherSessions", tag = "Me", security(("bearer" = [])),
    responses((status = 204, description = "Every other login was ended")))]
#[delete("/api/v1/me/sessions")]
pub async fn destroy_other_sessions(
    bearer: Uncounted<Bearer<'_>>,
    accounts: &State<Accounts>,
) -> Result<NoContent, Error> {
    let Uncounted(Bearer { identity, source }) = bearer;
    session::end_others(accounts, &source, &identity.user.id, &identity.session.id).await?;
    Ok(NoContent)
}

/// The route of this part.
pub fn routes() -> Vec<Route> {
    routes![destroy_other_sessions]
}
