//! Names that accounts of an import are about to have: from its check on, nobody else gets them.

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::db::{self, DbConnection, schema::imports, schema::staged_logins};

/// An import that is still reading: others may take the names of its accounts, and its check will tell.
pub(super) const READING: &str = "reading";

/// An import that looks for clashes, and makes usernames.
pub(super) const CHECKING: &str = "checking";

/// An import that can't be undone any more.
pub(super) const APPLYING: &str = "applying";

/// Whether a username or a canonical address belongs to an account that is about to be made.
pub(in crate::accounts::user) fn is_reserved(connection: &mut DbConnection, login: &str) -> db::Result<bool> {
    let import = imports::table.filter(imports::state.ne(READING));
    if !diesel::select(exists(import)).get_result::<bool>(connection)? {
        return Ok(false);
    }
    let staged = staged_logins::table.filter(staged_logins::login.eq(login));
    Ok(diesel::select(exists(staged)).get_result(connection)?)
}
