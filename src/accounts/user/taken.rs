//! Names and addresses that somebody has already.

use diesel::prelude::*;

use super::Error;
use super::import::reserved;
use crate::accounts::names::{EmailAddress, Username};
use crate::db::{DbConnection, schema::users};

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
