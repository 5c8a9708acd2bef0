//! The cookies of browsers.

mod device;
mod login;
mod private;
mod refused;
pub mod session;

pub use login::{Presented, know, renew, sign_in};
pub use private::private;
pub use refused::{CookiesKept, try_out};
