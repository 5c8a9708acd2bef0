//! Reserves the names of accounts that are about to be imported: once the import is being checked, nobody else can take
//! them.

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::db::{self, DbConnection, schema::imports, schema::staged_logins};

/// The import is still reading. Others may take the names of its accounts; the check will find that.
pub(super) const READING: &str = "reading";

/// The import looks for clashes, and makes usernames.
pub(super) const CHECKING: &str = "checking";

/// The import is committed and can't be undone.
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
