//! `GET /account`: the account in short, with the ways to change it.

use rocket::{Route, State, get, routes};
use serde_json::json;

use crate::accounts::Accounts;
use crate::accounts::session;
use crate::accounts::user::{Which, email_change};
use crate::http::who::CurrentUser;
use crate::web::error::Error;
use crate::web::page::{Layout, Page, When};

#[get("/account")]
async fn index(current: CurrentUser<'_>, layout: Layout<'_>, accounts: &State<Accounts>) -> Result<Page, Error> {
    let user = &current.0.user;
    let sessions = session::list(accounts, Some(Which::Id(user.id.clone()))).await?.len();
    let asked = email_change::pending(accounts, &user.id).await?;
    let context = json!({
        "password_set": user.password_set_at.map(When::from),
        // Without mail there is no link to confirm it by.
        "is_unconfirmed": user.has_unconfirmed_email() && accounts.sends_mail(),
        "created": When::from(user.created_at),
        "deletion_days": accounts.deletion_grace.num_days(),
        "asked_email": asked.map(|asked| json!({ "email": asked.email, "until": When::from(asked.expires_at) })),
        "other_sessions": sessions.saturating_sub(1),
    });
    Ok(layout.page("account/index", context))
}

/// The route of this part.
pub fn routes() -> Vec<Route> {
    routes![index]
}
