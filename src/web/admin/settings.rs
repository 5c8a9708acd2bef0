//! `GET /admin/settings`: the settings in force, and where each comes from. They are changed where they stand.

use rocket::{Route, State, get, routes};
use serde_json::{Value, json};

use super::view::parts;
use crate::config::{Config, GroupInForce, InForce};
use crate::http::who::Admin;
use crate::web::page::{Layout, Page};

#[get("/admin/settings")]
fn index(_admin: Admin<'_>, layout: Layout<'_>, config: &State<Config>) -> Page {
    let groups: Vec<Value> = config.in_force().iter().map(group).collect();
    layout.page("admin/settings/index", json!({ "groups": groups }))
}

fn group(group: &GroupInForce) -> Value {
    json!({
        "title": group.title,
        "section": group.section,
        "settings": group.settings.iter().map(setting).collect::<Vec<_>>(),
    })
}

fn setting(setting: &InForce) -> Value {
    json!({
        "key": setting.key,
        "says": parts(setting.sentence),
        "value": setting.value,
        "is_hidden": setting.is_hidden,
        "place": setting.place,
    })
}

/// The route of this part.
pub fn routes() -> Vec<Route> {
    routes![index]
}
