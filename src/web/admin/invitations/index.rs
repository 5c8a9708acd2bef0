//! `GET /admin/invitations`: those whose time is not over, the latest first, in pages.

use rocket::{Route, State, get, routes};
use serde_json::{Value, json};

use super::view::{INVITATIONS, address, page_of, path_of};
use crate::accounts::Accounts;
use crate::accounts::invitation::{self, Invitation};
use crate::http::who::Admin;
use crate::web::error::Error;
use crate::web::page::{Layout, Page, When};

/// How many are on a page.
const PAGE: usize = 50;

#[get("/admin/invitations?<after>")]
async fn index(
    _admin: Admin<'_>,
    after: Option<&str>,
    layout: Layout<'_>,
    accounts: &State<Accounts>,
) -> Result<Page, Error> {
    let found = invitation::page(accounts, after.map(str::to_owned), PAGE as u32 + 1).await?;
    let (invitations, is_more) = page_of(found, PAGE);
    let next = invitations.last().filter(|_| is_more);
    let context = json!({
        "invitations": invitations.iter().map(entry).collect::<Vec<_>>(),
        "first": after.is_some().then_some(INVITATIONS),
        "next": next.map(|(invitation, _)| address(INVITATIONS, &[("after", &invitation.id)])),
    });
    Ok(layout.page("admin/invitations/index", context))
}

fn entry((invitation, maker): &(Invitation, Option<String>)) -> Value {
    json!({
        "id": invitation.id,
        "note": invitation.note,
        "roles": invitation.roles(),
        "email": invitation.email,
        "uses": invitation.uses,
        "used": invitation.used,
        "is_used_up": invitation.used >= invitation.uses,
        "maker": maker,
        "maker_path": invitation.made_by.as_deref().map(path_of),
        "created": When::from(invitation.created_at),
        "expires": When::from(invitation.expires_at),
    })
}

/// The route of this page.
pub fn routes() -> Vec<Route> {
    routes![index]
}
