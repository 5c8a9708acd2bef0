//! `GET /account/export`: everything stored about someone, as a file. Whoever only found a browser unattended does not
//! get it.

use rocket::{Route, State, get, routes};

use crate::accounts::Accounts;
use crate::export::{self, Export};
use crate::http::attachment::Attachment;
use crate::http::who::RecentLogin;
use crate::web::error::Error;

#[get("/account/export")]
async fn show(recent: RecentLogin<'_>, accounts: &State<Accounts>) -> Result<Attachment<Export>, Error> {
    let document = export::of(accounts, recent.0).await.map_err(|error| match error {
        export::Error::User(error) => Error::from(error),
        export::Error::Todos(error) => error.into(),
        export::Error::Database(error) => error.into(),
    })?;
    Ok(Attachment { name: export::file_name(&recent.0.user.username), document })
}

/// The route of this part.
pub fn routes() -> Vec<Route> {
    routes![show]
}
