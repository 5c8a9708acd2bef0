//! What the form about an account sends.

use rocket::http::Status;
use serde_json::{Map, Value, json};

use super::view::path_of;
use crate::accounts::names::{DisplayName, EmailAddress, Username};
use crate::accounts::user::role::RoleName;
use crate::accounts::user::{Account, Edit, Error};
use crate::accounts::version::{Expected, Named};
use crate::texts::Worded;
use crate::web::admin::roles;
use crate::web::form::{ActsAsSession, Fields, PostedForm};
use crate::web::page::{Layout, Page};

/// An account, as it was typed.
#[derive(Debug, Clone)]
pub struct AccountForm {
    username: String,
    name: String,
    email: String,
    roles: String,
    /// The version that the page showed.
    version: String,
}

impl PostedForm for AccountForm {
    const FIELDS: &'static [&'static str] = &["username", "name", "email", "roles", "version"];

    fn read(fields: &mut Fields) -> AccountForm {
        let mut text = |name| fields.take(name).unwrap_or_default();
        AccountForm {
            username: text("username"),
            name: text("name"),
            email: text("email"),
            roles: text("roles"),
            version: text("version"),
        }
    }
}

impl ActsAsSession for AccountForm {
    const KEPT: &'static [&'static str] = &["username", "name", "email", "roles", "version"];
}

/// What is wrong with each field.
type Errors = Map<String, Value>;

impl AccountForm {
    /// The form as it stands for an account.
    pub fn of(account: &Account) -> AccountForm {
        let user = &account.user;
        AccountForm {
            username: user.username.clone(),
            name: user.display_name.clone(),
            email: user.email.clone().unwrap_or_default(),
            roles: account.roles.join(" "),
            version: account.version().as_str().to_owned(),
        }
    }

    /// The changes that it means, to an account that is like this now. A username that stays is not judged: it may be
    /// from before today's rules.
    ///
    /// # Errors
    /// What is wrong with each field.
    pub fn understand(&self, now: &Account) -> Result<(Edit, Vec<RoleName>), Errors> {
        let mut errors = Errors::new();
        let mut note = |field: &str, error: &dyn Worded| {
            errors.insert(field.to_owned(), error.words().into());
        };
        let renamed = (self.username.trim() != now.user.username).then(|| Username::parse(&self.username));
        let username = renamed.transpose().map_err(|error| note("username", &error)).ok();
        let name = DisplayName::parse(&self.name).map_err(|error| note("name", &error)).ok();
        let typed = Some(self.email.trim()).filter(|typed| !typed.is_empty());
        let email = typed.map(EmailAddress::parse).transpose().map_err(|error| note("email", &error)).ok();
        let roles = roles::parse(&self.roles).map_err(|error| note("roles", &error)).ok();
        match (username, name, email, roles) {
            (Some(username), Some(name), Some(email), Some(roles)) => {
                let expected = Expected { now: Some(Named::OneOf(vec![self.version.clone()])), not: None };
                let edit = Edit { username, display_name: Some(name), email: Some(email), enabled: None, expected };
                Ok((edit, roles))
            }
            _ => Err(errors),
        }
    }

    /// The page with what was typed, and what is wrong with it.
    pub fn page(&self, layout: &Layout<'_>, now: &Account, errors: Errors) -> Page {
        let status = if errors.is_empty() { Status::Ok } else { Status::UnprocessableEntity };
        layout.page("admin/users/edit", self.context(now, errors)).with_status(status)
    }

    /// What the page shows of what was typed.
    pub fn context(&self, now: &Account, errors: Errors) -> Value {
        json!({
            "form": {
                "username": self.username,
                "name": self.name,
                "email": self.email,
                "roles": self.roles,
                "version": self.version,
            },
            "errors": errors,
            "account": super::view::account(now),
            "at": format!("{}/edit", path_of(&now.user.id)),
        })
    }

    /// The page when it can't be done: what is wrong stands by the field that it is about.
    pub fn refused(&self, layout: &Layout<'_>, now: &Account, error: &Error) -> Page {
        let field = match error {
            Error::Stale(_) => {
                // Whoever saves once more has been told that it is another one now, and how it stands.
                let form = AccountForm { version: now.version().as_str().to_owned(), ..self.clone() };
                let mut context = form.context(now, Errors::new());
                context["changed"] = true.into();
                let page = layout.page("admin/users/edit", context);
                return page.refusing(error.words()).with_status(Status::Conflict);
            }
            Error::UsernameTaken => "username",
            Error::EmailTaken => "email",
            Error::LastAdmin => "roles",
            _ => {
                let page = self.page(layout, now, Errors::new());
                return page.refusing(error.words()).with_status(Status::Conflict);
            }
        };
        let errors = Errors::from_iter([(field.to_owned(), error.words().into())]);
        self.page(layout, now, errors).with_status(Status::Conflict)
    }
}
