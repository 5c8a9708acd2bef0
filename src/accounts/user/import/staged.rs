//! A staged account, as it is stored until the import is committed.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::schema::{staged_logins, staged_roles, staged_users};

/// A staged account.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = staged_users, treat_none_as_default_value = false)]
pub(super) struct StagedUser {
    pub place: i64,
    pub line: i64,
    pub id: String,
    pub existing: Option<String>,
    pub username: Option<String>,
    pub username_from: Option<String>,
    pub former_name: Option<String>,
    pub display_name: String,
    pub display_name_folded: String,
    pub is_named: bool,
    pub email: Option<String>,
    pub email_canonical: Option<String>,
    pub password_hash: Option<String>,
    pub hash_kind: String,
    pub is_enabled: Option<bool>,
    pub disabled_at: Option<NaiveDateTime>,
    pub created_at: NaiveDateTime,
    pub deletes_at: Option<NaiveDateTime>,
    pub data: Option<String>,
    pub waits_for: Option<String>,
    pub email_confirmed_at: Option<NaiveDateTime>,
}

/// A name or address that someone logs in with, or their id, and the place of their row.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = staged_logins)]
pub(super) struct StagedLogin {
    pub login: String,
    pub place: i64,
    pub line: i64,
    pub is_made: bool,
    pub is_unproven: bool,
}

/// A role of a staged account.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = staged_roles)]
pub(super) struct StagedRole {
    pub place: i64,
    pub role: String,
}
