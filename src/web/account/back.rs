//! Where the forms about the account lead when they are done.

use crate::http::local_path::LocalPath;
use crate::web::see_other::SeeOther;

/// Back to the account.
pub fn back() -> SeeOther {
    to("/account")
}

/// To a page about the account.
pub fn to(path: &str) -> SeeOther {
    SeeOther::at(LocalPath::parse(path).expect("it is a path of ours"))
}
