//! Accounts and sessions as the pages of admins show them.

use serde_json::{Value, json};

use crate::accounts::session::{Kind, Session};
use crate::accounts::user::{Account, State};
use crate::accounts::user_agent;
use crate::web::page::When;

/// The list of accounts.
pub const USERS: &str = "/admin/users";

/// The list of sessions.
pub const SESSIONS: &str = "/admin/sessions";

/// The list of invitations.
pub const INVITATIONS: &str = "/admin/invitations";

/// The page of an account.
pub fn path_of(id: &str) -> String {
    format!("{USERS}/{id}")
}

/// An account, with its names before its id.
pub fn account(account: &Account) -> Value {
    let user = &account.user;
    json!({
        "id": user.id,
        "path": path_of(&user.id),
        "username": user.username,
        "name": user.display_name,
        "email": user.email,
        "email_unconfirmed": user.has_unconfirmed_email(),
        "roles": account.roles,
        "state": State::of(user).as_str(),
        "created": When::from(user.created_at),
        "deletes": user.deletes_at.map(When::from),
        "disabled": user.disabled_at.map(When::from),
    })
}

/// A session, on the page `here`. `current` is the id of the one that looks.
pub fn session(session: &Session, current: &str, here: &str) -> Value {
    json!({
        "id": session.id,
        "owner": path_of(&session.user_id),
        "end": address(&format!("{SESSIONS}/{}/end", session.id), &[("next", here)]),
        "is_current": session.id == current,
        "device": user_agent::in_words(session.user_agent.as_deref()),
        "by_token": session.kind() == Kind::Token,
        "address": session.address,
        "since": When::from(session.created_at),
        "last_seen": When::from(session.last_seen_at),
    })
}

/// As many of these as a page has, and whether there were more.
pub fn page_of<T>(mut rows: Vec<T>, most: usize) -> (Vec<T>, bool) {
    let is_more = rows.len() > most;
    rows.truncate(most);
    (rows, is_more)
}

/// A sentence in parts: what stands between backticks is to be typed as it is.
pub fn parts(says: &str) -> Vec<Value> {
    let parts = says.split('`').enumerate().filter(|(_, text)| !text.is_empty());
    parts.map(|(place, text)| json!({ "is_code": place % 2 == 1, "text": text })).collect()
}

/// An address with those of these parameters that say something.
pub fn address(path: &str, parameters: &[(&str, &str)]) -> String {
    let said = parameters.iter().filter(|(_, value)| !value.is_empty());
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(said).finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}
