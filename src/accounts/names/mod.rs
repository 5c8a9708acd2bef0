//! The names of people: to log in with, to send mail to, and to greet them by.

mod display_name;
mod email;
mod reserved;
mod spelling;
mod terminal;
mod username;

pub use crate::notation::{is_forbidden, is_invisible};
pub use display_name::{DisplayName, InvalidDisplayName};
pub use email::{EmailAddress, InvalidEmailAddress};
pub use spelling::canonical;
pub use terminal::{escaped, plain};
pub use username::{InvalidUsername, Username};
