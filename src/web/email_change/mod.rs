//! What the letters about a change of the address lead to: confirming the new one, and undoing the change. Both work for
//! whoever has the link, logged in or not. The form is in `account::email`.

mod confirm;
mod opened;
mod undo;

use rocket::Route;

use crate::http::features::routes_of;

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    routes_of(&[confirm::routes, undo::routes])
}
