//! Changes an account that was there before an import, as its row says.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::staged::StagedUser;
use crate::accounts::audit::{self, Event};
use crate::accounts::names::{DisplayName, EmailAddress};
use crate::accounts::user::change::{self, Edit};
use crate::accounts::user::role::RoleName;
use crate::accounts::user::{self, User, data, find, standing};
use crate::accounts::work::Work;
use crate::db::{self, schema::staged_logins, schema::staged_roles, schema::staged_users, schema::users};

/// Changes an account as a row says. Changes that are no longer possible, because the account was deleted or is now the
/// last admin, are skipped: the import is committed.
pub(super) fn change(work: &mut Work<'_>, place: i64) -> db::Result<()> {
    let staged = staged_users::table.find(place).select(StagedUser::as_select());
    let staged: StagedUser = staged.get_result(work.connection())?;
    // Its names are reserved, even from itself, until their rows are removed.
    diesel::delete(staged_logins::table.filter(staged_logins::place.eq(place))).execute(work.connection())?;
    let Some(user) = find::find(work.connection(), staged.existing.as_deref().unwrap_or_default())? else {
        return Ok(());
    };
    let name = Some(staged.display_name.as_str()).filter(|_| staged.is_named);
    let edit = Edit {
        display_name: name.and_then(|name| DisplayName::parse(name).ok()),
        email: staged
            .email
            .as_deref()
            .filter(|email| Some(*email) != user.email.as_deref())
            .and_then(|email| EmailAddress::parse(email).ok())
            .map(Some),
        ..Edit::default()
    };
    as_decided(change::edit(work, &user, &edit))?;
    mark(work, &user, &staged)?;
    as_decided(match staged.is_enabled {
        Some(true) => standing::enable(work, &user),
        Some(false) => standing::disable(work, &user),
        None => Ok(()),
    })?;
    change_password(work, &user, staged.password_hash.as_deref())?;
    let roles: Vec<String> =
        staged_roles::table.filter(staged_roles::place.eq(place)).select(staged_roles::role).load(work.connection())?;
    for role in roles.iter().filter_map(|role| RoleName::parse(role).ok()) {
        as_decided(standing::add_role(work, &user.id, &role))?;
    }
    if let Some(name) = &staged.former_name {
        diesel::update(users::table.filter(users::id.eq(&user.id)))
            .set(users::former_name.eq(name))
            .execute(work.connection())?;
    }
    let value = staged.data.as_deref().and_then(|data| serde_json::from_str(data).ok());
    match value.and_then(|value| data::UserData::new(value).ok()) {
        Some(value) => data::keep(work, &user.id, &value),
        None => Ok(()),
    }
}

/// Notes whether the address is confirmed, as the row says, if the account has the one of the row now.
fn mark(work: &mut Work<'_>, user: &User, staged: &StagedUser) -> db::Result<()> {
    let Some(email) = &staged.email else { return Ok(()) };
    let this = users::table.filter(users::id.eq(&user.id)).filter(users::email.eq(email));
    let is_confirmed = staged.email_confirmed_at.is_some();
    let changed = if is_confirmed {
        diesel::update(this.filter(users::email_confirmed_at.is_null()))
            .set(users::email_confirmed_at.eq(staged.email_confirmed_at))
            .execute(work.connection())?
    } else {
        diesel::update(this.filter(users::email_confirmed_at.is_not_null()))
            .set(users::email_confirmed_at.eq(None::<NaiveDateTime>))
            .execute(work.connection())?
    };
    match (changed, is_confirmed) {
        (0, _) => Ok(()),
        (_, true) => audit::record(work, Event::EmailConfirmed, Some(&user.id), None),
        (_, false) => audit::record(work, Event::UserChanged, Some(&user.id), Some("email: not confirmed")),
    }
}

fn change_password(work: &mut Work<'_>, user: &User, hash: Option<&str>) -> db::Result<()> {
    match hash {
        Some(hash) if user.password_hash.as_deref() != Some(hash) => {
            as_decided(change::replace_password(work, user, hash))
        }
        _ => Ok(()),
    }
}

fn as_decided(done: Result<(), user::Error>) -> db::Result<()> {
    match done {
        Err(user::Error::Database(error)) => Err(error),
        _ => Ok(()),
    }
}
