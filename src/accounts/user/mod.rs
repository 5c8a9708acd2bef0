//! User accounts: reading them. What changes one is in `change.rs` and `standing.rs`.

mod administration;
pub mod approval;
mod change;
mod count;
pub mod data;
pub mod deletion;
pub mod directory;
pub mod email_change;
mod error;
pub mod export;
mod find;
pub mod import;
pub mod role;
mod search;
mod standing;
mod state;
mod taken;
mod waiting;

use chrono::NaiveDateTime;
use diesel::prelude::*;

use self::role::RoleName;
use super::password::{Format, Unusable, identify};
use super::version::Version;
use crate::db::schema::users;

pub use administration::{
    Changed, add, add_once_told, add_role, check_free, check_removable, delete, edit, edit_with_roles, former_name,
    remove_role, set_password, show,
};
pub use change::{Edit, NewUser};
pub(super) use change::{create, remove_password, replace_outdated_hash, replace_password};
pub use count::{count, count_in};
pub use error::Error;
pub(crate) use find::find_by_login;
pub(super) use find::{find, get, get_account, stored_hashes};
pub(crate) use search::pattern;
pub use search::{Found, MAX_QUERY, Search, search};
pub(super) use standing::cancel_deletion;
pub use state::State;
pub(super) use taken::{Owner, is_reserved, let_go, owner, refuse_taken};
pub use waiting::WaitsFor;

/// An account.
#[derive(Debug, Clone, Queryable, Selectable)]
pub struct User {
    /// A UUID, never used again; of version 7 unless it was imported.
    pub id: String,
    /// The name to log in by, canonical.
    pub username: String,
    /// The name to be greeted by.
    pub display_name: String,
    /// Where mail goes, as it was given.
    pub email: Option<String>,
    /// The stored hash; none: no login by password.
    pub(super) password_hash: Option<String>,
    /// When the password was chosen, in UTC.
    pub password_set_at: Option<NaiveDateTime>,
    /// Since when the account may not log in, in UTC.
    pub disabled_at: Option<NaiveDateTime>,
    /// When the account was made, in UTC.
    pub created_at: NaiveDateTime,
    /// When the account will be removed, as its owner wants it, unless they log in before; in UTC.
    pub deletes_at: Option<NaiveDateTime>,
    /// What the account waits for; none: nothing.
    pub(super) waits_for: Option<String>,
    /// Since when it is known that the owner reads the mail at the address, in UTC.
    pub email_confirmed_at: Option<NaiveDateTime>,
}

impl User {
    /// Whether there is a password to log in by.
    pub fn has_password(&self) -> bool {
        self.password_hash.is_some()
    }

    /// Whether there is an address that nobody has shown to be the owner's. Where mail is sent, it gets none but the link
    /// that confirms it, and keeps nobody else from having it.
    pub fn has_unconfirmed_email(&self) -> bool {
        self.email.is_some() && self.email_confirmed_at.is_none()
    }

    /// What the account waits for before anyone may log in to it.
    pub fn waits_for(&self) -> Option<WaitsFor> {
        // Whatever else a later version of the program may have written keeps it closed, too.
        self.waits_for.as_ref().map(|_| WaitsFor::Approval)
    }

    /// Whether there is one that can be verified, so that it gets someone in.
    pub fn has_usable_password(&self) -> bool {
        self.password_format().is_some_and(|format| format.is_ok())
    }

    /// Which format its hash is of, or why it can't be verified; none without a password.
    pub fn password_format(&self) -> Option<Result<Format, Unusable>> {
        self.password_hash.as_deref().map(identify)
    }
}

/// An account and its roles.
#[derive(Debug, Clone)]
pub struct Account {
    /// The account.
    pub user: User,
    /// The names of its roles, in the order of the alphabet.
    pub roles: Vec<String>,
}

impl Account {
    /// Which version of it this is, by what everyone is told who may see it.
    pub fn version(&self) -> Version {
        let User { id, username, display_name, email, disabled_at, created_at, deletes_at, waits_for, .. } = &self.user;
        Version::of(&(
            id,
            username,
            display_name,
            (email, self.user.has_unconfirmed_email()),
            disabled_at.is_none(),
            created_at,
            deletes_at,
            waits_for,
            &self.roles,
        ))
    }

    /// Whether it has this role.
    pub fn has(&self, role: &RoleName) -> bool {
        self.roles.iter().any(|held| held == role.as_str())
    }
}

/// Which account is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// The one of this id.
    Id(String),
    /// The one that an operator means: by username, email address or id.
    Named(String),
}
