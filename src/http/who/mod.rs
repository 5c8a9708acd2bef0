//! Who asks. A handler's signature is its policy: what it asks for here is what the request needs.
//!
//! Guards fail closed: they answer with an error and never let another route try.

mod admin;
pub mod bearer;
mod caller;
mod current_user;
mod recent_admin;
mod recent_login;
mod source;
mod visitor;

pub use admin::Admin;
pub use bearer::{AdminBearer, Bearer, MaybeBearer};
pub use caller::{Caller, sends_token};
pub use current_user::{CurrentUser, LoginNeeded};
pub use recent_admin::RecentAdmin;
pub use recent_login::{ConfirmationNeeded, RecentLogin};
pub use source::{StrangerSource, UserSource};
pub use visitor::Visitor;
