//! What someone asks for who signs up.

use crate::accounts::names::{DisplayName, EmailAddress, Username};
use crate::accounts::password::NewPassword;
use crate::accounts::user::data::UserData;

/// What someone wants to be known by.
#[derive(Debug)]
pub struct SignUp {
    /// The name to log in by; made from the address when it is left out.
    pub username: Option<Username>,
    /// The name to be greeted by; the username when it is left out.
    pub display_name: Option<DisplayName>,
    /// The address; needed when there is no username.
    pub email: Option<EmailAddress>,
    /// The password that they chose.
    pub password: NewPassword,
    /// What the app wants to keep for them.
    pub data: Option<UserData>,
}

impl SignUp {
    /// The username, or one made from the address.
    pub(in crate::accounts) fn first_choice(&self) -> Option<Username> {
        self.username.clone().or_else(|| self.email.as_ref().map(Username::from_email))
    }
}
