//! Where the acts of admins lead when they are done.

use crate::http::local_path::LocalPath;
use crate::web::see_other::SeeOther;

/// To a page of admins; home when this is no path.
pub fn to(path: &str) -> SeeOther {
    SeeOther::at(LocalPath::parse(path).unwrap_or_else(LocalPath::home))
}
