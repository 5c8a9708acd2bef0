//! `GET /admin/users/<id>/edit`, `POST /admin/users/<id>/edit`: what an account is called, its address and its roles.

use rocket::{Either, Route, State, get, post, routes};

use super::form::AccountForm;
use super::view::path_of;
use crate::accounts::Accounts;
use crate::accounts::user::{self, Which};
use crate::http::who::RecentAdmin;
use crate::web::admin::act::ActOf;
use crate::web::admin::back::to;
use crate::web::admin::done::Done;
use crate::web::error::Error;
use crate::web::flash::Flash;
use crate::web::form::PostedForm;
use crate::web::page::{Layout, Page};
use crate::web::see_other::SeeOther;

#[get("/admin/users/<id>/edit")]
async fn edit(
    _admin: RecentAdmin<'_>,
    id: String,
    layout: Layout<'_>,
    accounts: &State<Accounts>,
) -> Result<Page, Error> {
    let account = user::show(accounts, Which::Id(id)).await?;
    let (typed, flash) = layout.opened();
    let form = typed.map_or_else(|| AccountForm::of(&account), |mut typed| AccountForm::read(&mut typed));
    let context = form.context(&account, Default::default());
    Ok(layout.page_with("admin/users/edit", context, flash.as_ref()))
}

#[post("/admin/users/<id>/edit", data = "<sent>")]
async fn update(
    id: String,
    sent: ActOf<'_, AccountForm>,
    layout: Layout<'_>,
    accounts: &State<Accounts>,
) -> Result<Either<Page, SeeOther>, Error> {
    let which = Which::Id(id);
    let now = user::show(accounts, which.clone()).await?;
    let (edit, roles) = match sent.form.understand(&now) {
        Ok(understood) => understood,
        Err(errors) => return Ok(Either::Left(sent.form.page(&layout, &now, errors))),
    };
    match user::edit_with_roles(accounts, &sent.source, which.clone(), edit, roles).await {
        Ok(changed) => {
            let flash = Flash::ByAdmin(Done::Saved(changed.now.user.username.clone()));
            Ok(Either::Right(to(&way_on(sent.admin.user.id == changed.now.user.id, &changed)).saying(flash)))
        }
        Err(error @ (user::Error::Revoked(_) | user::Error::NotFound(_) | user::Error::Database(_))) => {
            Err(error.into())
        }
        Err(error) => {
            let now = user::show(accounts, which).await?;
            Ok(Either::Left(sent.form.refused(&layout, &now, &error)))
        }
    }
}

/// Back to the account, unless its owner has just taken the role of an admin from themselves.
fn way_on(is_self: bool, changed: &user::Changed) -> String {
    if is_self && !user::role::is_admin(&changed.now.roles) { "/".to_owned() } else { path_of(&changed.now.user.id) }
}

/// The routes of this page.
pub fn routes() -> Vec<Route> {
    routes![edit, update]
}
