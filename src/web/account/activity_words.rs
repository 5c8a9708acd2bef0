//! What happened to an account, in words for its owner.

use crate::accounts::audit::list::{By, Row};

/// The event. One that has no words yet is shown by its name.
pub fn in_words(row: &Row) -> String {
    let detail = row.detail.as_deref().unwrap_or_default();
    let words = match (row.event.as_str(), detail) {
        ("login.succeeded", _) => "Logged in",
        ("login.confirmed", _) => "Confirmed the password",
        ("login.failed", _) => "Login failed",
        ("login.throttled", _) => "Login refused after too many attempts",
        ("login.refused", _) => "Login refused without the signs of its picture",
        ("logout", _) => "Logged out",
        ("session.ended", _) => "Sessions ended",
        ("token.issued", _) => "Access token issued",
        ("token.reused", _) => "A used refresh token came back, so its login was ended",
        ("token.refused", _) => "Access token of an ended login refused",
        ("login.waiting", _) => "Login refused, since the account waits for approval",
        ("password.reset_link", _) => "Link for a new password made",
        ("password.reset_mailed", _) => "Link for a new password sent to the email address",
        ("password.reset", _) => "New password chosen by a link",
        ("reset.throttled", _) => "Link for a new password not sent after too many",
        ("reset.refused", _) => "Link for a new password not sent",
        ("login.disowned", _) => "A login was said to be somebody else’s: all ended, and the password is gone",
        ("invitation.used", _) => "Signed up with an invitation",
        ("user.waiting", _) => "Account waits for approval",
        ("user.approved", _) => "Account approved",
        ("setup.completed", _) => "Account made by the link of the start",
        ("user.created", _) => "Account made",
        ("user.changed", "name") => "Name changed",
        ("user.changed", "email") => "Email address changed",
        ("email_change.asked", _) => "Another email address asked for",
        ("email_change.cancelled", _) => "Change of email address cancelled",
        ("email_change.undone", _) => "Former email address restored by a link, and everything logged out",
        ("user.renamed", detail) => return format!("Username changed: {detail}"),
        ("user.data_changed", _) => "Data of an app changed",
        ("user.enabled", _) => "Account enabled",
        ("user.disabled", _) => "Account disabled",
        ("user.deletion_requested", _) => "Deletion of the account requested",
        ("user.deletion_cancelled", _) => "Deletion of the account cancelled",
        ("password.set", _) => "Password changed",
        ("role.added", role) => return format!("Role given: {role}"),
        ("role.removed", role) => return format!("Role taken away: {role}"),
        ("throttle.cleared", _) => "Failed attempts forgotten",
        ("email_change.throttled", _) => "Change of email address refused after too many",
        ("write.throttled", _) => "Change refused after too many",
        ("mail.given_up", _) => "A message to the account’s email address could not be delivered",
        ("todo.created", _) => "Todo added",
        ("todo.changed", _) => "Todo changed",
        ("todo.done", _) => "Todo marked as done",
        ("todo.undone", _) => "Todo opened again",
        ("todo.deleted", _) => "Todo deleted",
        (event, _) => event,
    };
    words.to_owned()
}

/// Who did it, unless it was the owner or somebody unknown.
pub fn by(row: &Row) -> Option<&'static str> {
    match row.by() {
        By::You | By::Stranger => None,
        By::Admin => Some("by an administrator"),
        By::Operator => Some("by whoever runs this server"),
        By::System => Some("automatically"),
    }
}
