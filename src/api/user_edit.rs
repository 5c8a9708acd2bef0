//! Changes to an account, by admins and by its owner: the fields that both calls read.

use utoipa::ToSchema;

use super::body::{Body, Draft, Echo};
use crate::accounts::names::{DisplayName, EmailAddress, Username};
use crate::accounts::user::Edit;

/// Fields to change; omitted ones stay.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "describes the body for the document; it is read into an Edit")]
pub struct UserChanges {
    /// The new username.
    username: Option<String>,
    /// The new name.
    name: Option<String>,
    /// The new email address; null for none.
    email: Option<String>,
    /// Whether the account may log in; disabling it ends its sessions and tokens.
    enabled: Option<bool>,
}

/// What an admin changes about an account.
#[derive(Debug)]
pub struct AdminEdit {
    /// The changes.
    pub edit: Edit,
    /// Read-only members that were sent back.
    pub echo: Echo,
}

impl Body for AdminEdit {
    fn read(draft: &mut Draft) -> Option<AdminEdit> {
        let echo = Echo::read(draft, &["id", "email_confirmed", "roles", "waits_for", "created_at", "deletes_at"]);
        let username = draft.text("username").and_then(|text| draft.understand("username", Username::parse(&text)));
        let enabled = draft.flag("enabled");
        Some(AdminEdit { edit: Edit { username, enabled, ..own_edit(draft) }, echo })
    }
}

/// The fields that owners may change themselves: name and email address.
pub(super) fn own_edit(draft: &mut Draft) -> Edit {
    let display_name = draft.text("name").and_then(|text| draft.understand("name", DisplayName::parse(&text)));
    let email = match draft.raw("email") {
        None => None,
        Some(serde_json::Value::Null) => Some(None),
        Some(serde_json::Value::String(text)) => draft.understand("email", EmailAddress::parse(&text)).map(Some),
        Some(_) => {
            draft.refuse("email", "This has to be a text, or null for none.");
            None
        }
    };
    Edit { display_name, email, ..Edit::default() }
}
