//! `GET /forgot`: what to do without the password: ask an admin for a link, as the operator's own words say.

use rocket::{Route, State, get, routes};
use serde_json::json;

use super::page::{Layout, Page};
use crate::config::HelpText;
use crate::http::Site;

#[get("/forgot")]
fn show(layout: Layout<'_>, site: &State<Site>) -> Page {
    let help: Vec<&str> = site.help_text.iter().flat_map(HelpText::lines).collect();
    layout.page("forgot/show", json!({ "help": help }))
}

/// The route of this feature.
pub fn routes() -> Vec<Route> {
    routes![show]
}
