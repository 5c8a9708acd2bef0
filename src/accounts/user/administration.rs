//! What admins and operators do with accounts: each function is one transaction.

use super::change::{self, Edit, NewUser};
use super::role::RoleName;
use super::{Account, Error, User, Which, find, get, get_account, standing, taken};
use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::accounts::names::{EmailAddress, Username};
use crate::accounts::version::Expected;
use crate::accounts::work::Work;
use crate::db::{self, DbConnection};

/// What became of an account.
#[derive(Debug, Clone)]
pub struct Changed {
    /// As it was before.
    pub before: Account,
    /// As it is now.
    pub now: Account,
}

/// Reads an account.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn show(accounts: &Accounts, which: Which) -> Result<Account, Error> {
    accounts.read(move |connection| get_account(connection, &which)).await
}

/// The spelling by which someone logged in before they were imported, where it is no username; they can still.
///
/// # Errors
/// When the database does not answer.
pub async fn former_name(accounts: &Accounts, id: &str) -> db::Result<Option<String>> {
    let id = id.to_owned();
    accounts.read(move |connection| find::former_name(connection, &id)).await
}

/// Refuses a username or an address that another account has, before anyone fills in more.
///
/// # Errors
/// [`Error::UsernameTaken`], [`Error::EmailTaken`].
pub async fn check_free(accounts: &Accounts, username: Username, email: Option<EmailAddress>) -> Result<(), Error> {
    let by_mail = accounts.sends_mail();
    let look = move |connection: &mut DbConnection| {
        taken::refuse_taken(connection, &username, email.as_ref().filter(|_| !by_mail))?;
        // One that nobody has confirmed is given up for whoever adds the account.
        match email.filter(|_| by_mail) {
            Some(email)
                if taken::owner(connection, email.canonical(), "")?.is_some()
                    || taken::is_reserved(connection, &email)? =>
            {
                Err(Error::EmailTaken)
            }
            _ => Ok(()),
        }
    };
    accounts.read(look).await
}

/// Adds an account.
///
/// # Errors
/// [`Error::UsernameTaken`], [`Error::EmailTaken`].
pub async fn add(accounts: &Accounts, source: &Source, new: NewUser) -> Result<Account, Error> {
    let add = move |work: &mut Work<'_>| {
        work.demand_admin()?;
        change::create(work, &new)
    };
    accounts.write(source, add).await
}

/// Adds an account once someone has been told about it as it will be, such as its random password: when they can't be,
/// nothing is added.
///
/// # Errors
/// As [`add`], and what telling fails with.
pub async fn add_once_told<E: From<Error>>(
    accounts: &Accounts,
    source: &Source,
    new: NewUser,
    tell: impl FnOnce(&Account) -> Result<(), E>,
) -> Result<Account, E> {
    let (id, now) = (db::new_id(), db::now());
    tell(&new.account(&id, now))?;
    let add = move |work: &mut Work<'_>| {
        work.demand_admin()?;
        change::create_as(work, &new, &id, now)
    };
    Ok(accounts.write(source, add).await?)
}

/// Reads an account that is to be removed, before anyone is asked whether they mean it.
///
/// # Errors
/// [`Error::NotFound`], [`Error::LastAdmin`].
pub async fn check_removable(accounts: &Accounts, which: Which) -> Result<User, Error> {
    let look = move |connection: &mut DbConnection| {
        let user = get(connection, &which)?;
        standing::keep_an_admin(connection, &user)?;
        Ok(user)
    };
    accounts.read(look).await
}

/// Changes what an account says about its owner, and whether it may log in.
///
/// # Errors
/// [`Error::NotFound`], [`Error::UsernameTaken`], [`Error::EmailTaken`], [`Error::LastAdmin`], [`Error::Stale`]; then
/// nothing is changed.
pub async fn edit(accounts: &Accounts, source: &Source, which: Which, edit: Edit) -> Result<Changed, Error> {
    change_one(accounts, source, which, move |work, before| edit_in(work, before, &edit)).await
}

/// The same, together with the roles: from now on the account has these alone.
///
/// # Errors
/// As [`edit`].
pub async fn edit_with_roles(
    accounts: &Accounts,
    source: &Source,
    which: Which,
    edit: Edit,
    roles: Vec<RoleName>,
) -> Result<Changed, Error> {
    let change = move |work: &mut Work<'_>, before: &Account| {
        edit_in(work, before, &edit)?;
        standing::set_roles(work, before, &roles)
    };
    change_one(accounts, source, which, change).await
}

/// Changes an account in a transaction, if it is as the change expects.
pub(super) fn edit_in(work: &mut Work<'_>, before: &Account, edit: &Edit) -> Result<(), Error> {
    edit.expected.check_with(|| Some(before.version()))?;
    change::edit(work, &before.user, edit)
}

/// Gives an account another password, by its hash; ends all its sessions, and makes all browsers unknown.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn set_password(accounts: &Accounts, source: &Source, which: Which, hash: String) -> Result<Changed, Error> {
    change_one(accounts, source, which, move |work, before| change::replace_password(work, &before.user, &hash)).await
}

/// Gives a role.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn add_role(accounts: &Accounts, source: &Source, which: Which, role: RoleName) -> Result<Changed, Error> {
    change_one(accounts, source, which, move |work, before| standing::add_role(work, &before.user.id, &role)).await
}

/// Takes a role away.
///
/// # Errors
/// [`Error::NotFound`], [`Error::LastAdmin`].
pub async fn remove_role(accounts: &Accounts, source: &Source, which: Which, role: RoleName) -> Result<Changed, Error> {
    change_one(accounts, source, which, move |work, before| standing::remove_role(work, &before.user, &role)).await
}

/// Removes an account with its roles and sessions, and answers it; the audit keeps what it did.
///
/// # Errors
/// [`Error::NotFound`], [`Error::LastAdmin`], [`Error::Stale`].
pub async fn delete(accounts: &Accounts, source: &Source, which: Which, expected: Expected) -> Result<User, Error> {
    let delete = move |work: &mut Work<'_>| {
        work.demand_admin()?;
        let account = get_account(work.connection(), &which)?;
        expected.check_with(|| Some(account.version()))?;
        standing::delete(work, &account.user)?;
        Ok(account.user)
    };
    accounts.write(source, delete).await
}

async fn change_one(
    accounts: &Accounts,
    source: &Source,
    which: Which,
    change: impl FnOnce(&mut Work<'_>, &Account) -> Result<(), Error> + Send + 'static,
) -> Result<Changed, Error> {
    let change = move |work: &mut Work<'_>| {
        work.demand_admin()?;
        change_in(work, &which, change)
    };
    accounts.write(source, change).await
}

/// Changes an account in a transaction, and answers what it was and is.
pub(super) fn change_in(
    work: &mut Work<'_>,
    which: &Which,
    change: impl FnOnce(&mut Work<'_>, &Account) -> Result<(), Error>,
) -> Result<Changed, Error> {
    let before = get_account(work.connection(), which)?;
    change(work, &before)?;
    let now = get_account(work.connection(), &Which::Id(before.user.id.clone()))?;
    Ok(Changed { before, now })
}
