//! The cookies of browsers.

mod device;
mod login;
mod private;
pub mod session;

pub use login::{Presented, sign_in};
pub use private::private;
