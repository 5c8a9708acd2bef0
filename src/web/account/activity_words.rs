//! What happened to an account, in words for its owner.

use crate::accounts::audit::list::{By, Row};
use crate::texts::{Given, Message};

/// The event. One that has no words yet is shown by its name.
pub fn in_words(row: &Row) -> Given {
    let detail = row.detail.as_deref().unwrap_or_default();
    let with = |key, detail: &str| Message::new(key).with("detail", detail).into();
    let key = match (row.event.as_str(), detail) {
        ("login.succeeded", _) => "activity-login-succeeded",
        ("login.confirmed", _) => "activity-login-confirmed",
        ("login.failed", _) => "activity-login-failed",
        ("login.throttled", _) => "activity-login-throttled",
        ("login.refused", _) => "activity-login-refused",
        ("logout", _) => "activity-logout",
        ("session.ended", _) => "activity-session-ended",
        ("token.issued", _) => "activity-token-issued",
        ("token.reused", _) => "activity-token-reused",
        ("token.refused", _) => "activity-token-refused",
        ("sign_up.asked", _) => "activity-sign-up-asked",
        ("email.confirmed", _) => "activity-email-confirmed",
        ("login.waiting", "link") => "activity-login-waiting-link",
        ("login.waiting", _) => "activity-login-waiting",
        ("password.reset_link", _) => "activity-password-reset-link",
        ("password.reset_mailed", _) => "activity-password-reset-mailed",
        ("password.reset", _) => "activity-password-reset",
        ("reset.throttled", _) => "activity-reset-throttled",
        ("reset.refused", _) => "activity-reset-refused",
        ("login.disowned", _) => "activity-login-disowned",
        ("invitation.used", _) => "activity-invitation-used",
        ("user.waiting", _) => "activity-user-waiting",
        ("user.approved", _) => "activity-user-approved",
        ("setup.completed", _) => "activity-setup-completed",
        ("user.created", _) => "activity-user-created",
        ("user.changed", "name") => "activity-user-changed-name",
        ("user.changed", "email") => "activity-user-changed-email",
        ("user.changed", _) => "activity-user-changed-email-lost",
        ("email_change.asked", _) => "activity-email-change-asked",
        ("email_change.cancelled", _) => "activity-email-change-cancelled",
        ("email_change.undone", _) => "activity-email-change-undone",
        ("user.renamed", detail) => return with("activity-user-renamed", detail),
        ("user.data_changed", _) => "activity-user-data-changed",
        ("user.enabled", _) => "activity-user-enabled",
        ("user.disabled", _) => "activity-user-disabled",
        ("user.deletion_requested", _) => "activity-user-deletion-requested",
        ("user.deletion_cancelled", _) => "activity-user-deletion-cancelled",
        ("password.set", _) => "activity-password-set",
        ("role.added", detail) => return with("activity-role-added", detail),
        ("role.removed", detail) => return with("activity-role-removed", detail),
        ("throttle.cleared", _) => "activity-throttle-cleared",
        ("email_change.throttled", _) => "activity-email-change-throttled",
        ("write.throttled", _) => "activity-write-throttled",
        ("mail.given_up", _) => "activity-mail-given-up",
        ("todo.created", _) => "activity-todo-created",
        ("todo.changed", _) => "activity-todo-changed",
        ("todo.done", _) => "activity-todo-done",
        ("todo.undone", _) => "activity-todo-undone",
        ("todo.deleted", _) => "activity-todo-deleted",
        ("invitation.made", _) => "activity-invitation-made",
        ("invitation.revoked", _) => "activity-invitation-revoked",
        ("user.rejected", _) => "activity-user-rejected",
        ("user.deleted", _) => "activity-user-deleted",
        ("users.imported", _) => "activity-users-imported",
        ("users.exported", _) => "activity-users-exported",
        ("key.rotated", _) => "activity-key-rotated",
        ("key.retired", _) => "activity-key-retired",
        ("secret.rotated", _) => "activity-secret-rotated",
        ("database.backed_up", _) => "activity-database-backed-up",
        ("database.restored", _) => "activity-database-restored",
        ("mail.retried", _) => "activity-mail-retried",
        ("mail.dropped", _) => "activity-mail-dropped",
        ("link.refused", _) => "activity-link-refused",
        ("sign_up.throttled", _) => "activity-sign-up-throttled",
        ("sign_up.refused", _) => "activity-sign-up-refused",
        ("request.refused", _) => "activity-request-refused",
        ("access.denied", _) => "activity-access-denied",
        ("cookie.refused", _) => "activity-cookie-refused",
        (event, _) => return event.into(),
    };
    Message::new(key).into()
}

/// Who did it, unless it was the owner or somebody unknown.
pub fn by(row: &Row) -> Option<Message> {
    match row.by() {
        By::You | By::Stranger => None,
        By::Admin => Some(Message::new("activity-by-admin")),
        By::Operator => Some(Message::new("activity-by-operator")),
        By::System => Some(Message::new("activity-by-system")),
    }
}

/// Whether the words of an event tell its detail already.
pub fn tells_detail(row: &Row) -> bool {
    ["user.renamed", "role.added", "role.removed"].contains(&row.event.as_str())
}
