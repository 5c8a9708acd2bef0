//! Names and addresses that somebody has already.

use diesel::prelude::*;

use super::Error;
use super::import::reserved;
use crate::accounts::audit::{self, Event};
use crate::accounts::names::{EmailAddress, Username};
use crate::accounts::work::Work;
use crate::db::{self, DbConnection, schema::users};

/// Refuses a username or an address that another account has, or will have by an import that is going on.
pub(in crate::accounts) fn refuse_taken(
    connection: &mut DbConnection,
    username: &Username,
    email: Option<&EmailAddress>,
) -> Result<(), Error> {
    let taken = users::table.filter(users::username.eq(username.as_str()));
    if diesel::select(diesel::dsl::exists(taken)).get_result(connection)?
        || reserved::is_reserved(connection, username.as_str())?
    {
        return Err(Error::UsernameTaken);
    }
    email.map_or(Ok(()), |address| refuse_taken_email(connection, address, ""))
}

/// Refuses an address that another account has than the one of this id, or logged in by before it was imported.
pub(super) fn refuse_taken_email(connection: &mut DbConnection, address: &EmailAddress, id: &str) -> Result<(), Error> {
    let address = address.canonical();
    let taken = users::table
        .filter(users::email_canonical.eq(address).or(users::former_name.eq(address)))
        .filter(users::id.ne(id));
    if diesel::select(diesel::dsl::exists(taken)).get_result(connection)? || reserved::is_reserved(connection, address)?
    {
        return Err(Error::EmailTaken);
    }
    Ok(())
}

/// Who has an address that somebody else asks for: the account's username, and the address that is stored with it.
pub(in crate::accounts) struct Owner {
    pub username: String,
    pub email: Option<String>,
}

/// Whether an address belongs to an account that is about to be imported.
pub(in crate::accounts) fn is_reserved(connection: &mut DbConnection, address: &EmailAddress) -> db::Result<bool> {
    reserved::is_reserved(connection, address.canonical())
}

/// Which account has this address so that nobody else may, or logged in by it before it was imported, other than the one of
/// this id. One that is not confirmed keeps nobody from having it: see [`let_go`].
pub(in crate::accounts) fn owner(connection: &mut DbConnection, address: &str, id: &str) -> db::Result<Option<Owner>> {
    let has = users::email_canonical.eq(address).and(users::email_confirmed_at.is_not_null());
    let found: Option<(String, Option<String>)> = users::table
        .filter(has.or(users::former_name.eq(address)))
        .filter(users::id.ne(id))
        .select((users::username, users::email))
        .get_result(connection)
        .optional()?;
    Ok(found.map(|(username, email)| Owner { username, email }))
}

/// Takes an address away from the account that has it unconfirmed, other than the one of this id: somebody has shown that
/// it is theirs.
pub(in crate::accounts) fn let_go(work: &mut Work<'_>, address: &EmailAddress, id: &str) -> db::Result<()> {
    let unconfirmed = users::table
        .filter(users::email_canonical.eq(address.canonical()))
        .filter(users::email_confirmed_at.is_null())
        .filter(users::id.ne(id));
    let had: Option<String> = diesel::update(unconfirmed)
        .set((users::email.eq(None::<String>), users::email_canonical.eq(None::<String>)))
        .returning(users::id)
        .get_result(work.connection())
        .optional()?;
    match had {
        Some(had) => audit::record(work, Event::UserChanged, Some(&had), Some("email: confirmed by someone else")),
        None => Ok(()),
    }
}
