//! The pages of admins: what each act does, who may do it, and what can't be done.

mod account;
mod acts;
mod invitations;
mod last_admin;
mod lists;
mod nasty;
mod refused;

use crate::support::{Client, Reply, Server};

/// The page of an account.
fn page_of(server: &Server, name: &str) -> String {
    format!("/admin/users/{}", id_of(server, name))
}

fn id_of(server: &Server, name: &str) -> String {
    server.sql(&format!("SELECT id FROM users WHERE username = '{name}'")).remove(0)
}

/// What a hidden field of a page holds.
fn hidden(page: &Reply, name: &str) -> String {
    let value = page.body.split(&format!("name=\"{name}\" value=\"")).nth(1).expect("the page has the field");
    value.split('"').next().unwrap().to_owned()
}

/// The link that a page shows once, as a path.
fn link_in(page: &Reply) -> String {
    let field = page.body.split("id=\"link\"").nth(1).expect("the page has a link");
    let link = field.split("value=\"").nth(1).unwrap().split('"').next().unwrap().replace("&#x2F;", "/");
    crate::support::path_of(&link)
}

/// Saves the form about an account, with these fields in place of what it holds.
fn save(admin: &mut Client, path: &str, changes: &[(&str, &str)]) -> Reply {
    let at = format!("{path}/edit");
    let page = admin.get(&at);
    let mut fields: Vec<(&str, String)> =
        ["username", "name", "email", "roles"].into_iter().map(|name| (name, typed(&page, name))).collect();
    fields.push(("version", hidden(&page, "version")));
    for (name, value) in changes {
        fields.retain(|(known, _)| known != name);
        fields.push((name, (*value).to_owned()));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    admin.act(&at, &fields)
}

/// What a field of a page holds.
fn typed(page: &Reply, name: &str) -> String {
    let field = page.body.split(&format!("id=\"{name}\"")).nth(1).expect("the page has the field");
    let field = field.split('>').next().unwrap();
    let value = field.split("value=\"").nth(1).map_or("", |value| value.split('"').next().unwrap());
    value.to_owned()
}
