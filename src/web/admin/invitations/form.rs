//! What the form of a new invitation sends.

use rocket::http::Status;
use serde_json::{Map, Value, json};

use crate::accounts::invitation::{Days, Invalid, NewInvitation, Note, Uses};
use crate::accounts::names::EmailAddress;
use crate::texts::Worded;
use crate::web::admin::roles;
use crate::web::form::{ActsAsSession, Fields, PostedForm};
use crate::web::page::{Layout, Page};

/// An invitation, as it was typed.
#[derive(Debug)]
pub struct InvitationForm {
    note: String,
    email: String,
    roles: String,
    uses: String,
    days: String,
}

impl Default for InvitationForm {
    fn default() -> InvitationForm {
        let new = NewInvitation::default();
        InvitationForm {
            note: String::new(),
            email: String::new(),
            roles: String::new(),
            uses: new.uses.to_string(),
            days: new.days.to_string(),
        }
    }
}

impl PostedForm for InvitationForm {
    const FIELDS: &'static [&'static str] = &["note", "email", "roles", "uses", "days"];

    fn read(fields: &mut Fields) -> InvitationForm {
        let mut text = |name| fields.take(name).unwrap_or_default();
        InvitationForm {
            note: text("note"),
            email: text("email"),
            roles: text("roles"),
            uses: text("uses"),
            days: text("days"),
        }
    }
}

impl ActsAsSession for InvitationForm {
    const KEPT: &'static [&'static str] = &["note", "email", "roles", "uses", "days"];
}

/// What is wrong with each field.
type Errors = Map<String, Value>;

impl InvitationForm {
    /// The invitation that it means.
    ///
    /// # Errors
    /// What is wrong with each field.
    pub fn understand(&self) -> Result<NewInvitation, Errors> {
        let mut errors = Errors::new();
        let mut note = |field: &str, error: &dyn Worded| {
            errors.insert(field.to_owned(), error.words().into());
        };
        let what = Note::parse(&self.note).map_err(|error| note("note", &error)).ok();
        let typed = Some(self.email.trim()).filter(|typed| !typed.is_empty());
        let email = typed.map(EmailAddress::parse_new).transpose().map_err(|error| note("email", &error)).ok();
        let roles = roles::parse(&self.roles).map_err(|error| note("roles", &error)).ok();
        let uses: Result<Uses, Invalid> = self.uses.trim().parse();
        let uses = uses.map_err(|error| note("uses", &error)).ok();
        let days: Result<Days, Invalid> = self.days.trim().parse();
        let days = days.map_err(|error| note("days", &error)).ok();
        match (what, email, roles, uses, days) {
            (Some(note), Some(email), Some(roles), Some(uses), Some(days)) => {
                Ok(NewInvitation { note, email, roles, uses, days })
            }
            _ => Err(errors),
        }
    }

    /// The page with what was typed, and what is wrong with it.
    pub fn page(&self, layout: &Layout<'_>, errors: Errors) -> Page {
        let status = if errors.is_empty() { Status::Ok } else { Status::UnprocessableEntity };
        layout.page("admin/invitations/new", self.context(errors)).with_status(status)
    }

    /// What the page shows.
    pub fn context(&self, errors: Errors) -> Value {
        json!({
            "form": {
                "note": self.note,
                "email": self.email,
                "roles": self.roles,
                "uses": self.uses,
                "days": self.days,
            },
            "errors": errors,
        })
    }
}
