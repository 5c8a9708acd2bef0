//! `/api/v1/me/export`: everything that is stored about the user.

use rocket::{Route, State, get, routes};

use crate::accounts::Accounts;
use crate::api::error::Error;
use crate::export::{self, Export};
use crate::http::attachment::Attachment;
use crate::http::who::Bearer;

/// Read everything that is stored about you, as one file: account, sessions, known devices, todos, data and
/// activity.
#[utoipa::path(get, path = "/api/v1/me/export",
    operation_id = "exportMyData", tag = "Me", security(("bearer" = [])),
    responses((status = 200, description = "An object with `account`, `sessions`, `devices`, `todos`, `data` and `activity`", body = serde_json::Value)))]
#[get("/api/v1/me/export")]
pub async fn show_export(bearer: Bearer<'_>, accounts: &State<Accounts>) -> Result<Attachment<Export>, Error> {
    let document = export::of(accounts, bearer.identity).await.map_err(|error| match error {
        export::Error::User(error) => Error::from(error),
        export::Error::Todos(error) => error.into(),
        export::Error::Database(error) => error.into(),
    })?;
    Ok(Attachment { name: export::file_name(&bearer.identity.user.username), document })
}

/// The route of this part.
pub fn routes() -> Vec<Route> {
    routes![show_export]
}
