//! What someone types to get an account: at the sign-up, and for the first account of all.

use serde_json::{Value, json};

use crate::accounts::Accounts;
use crate::accounts::names::{DisplayName, EmailAddress, Username};
use crate::accounts::password::{Owner, Password};
use crate::accounts::sign_up::{Refused, SignUp};
use crate::accounts::user;
use crate::texts::{Message, Worded};
use crate::web::flash::kept_name;
use crate::web::form::Fields;

/// The texts of the fields. No `Debug`: one is a password.
#[derive(Default)]
pub struct Typed {
    username: String,
    name: String,
    email: String,
    password: String,
}

impl Typed {
    /// Takes them out of a form.
    pub fn take(fields: &mut Fields) -> Typed {
        let mut take = |name: &str| fields.take(name).unwrap_or_default();
        Typed { username: take("username"), name: take("name"), email: take("email"), password: take("password") }
    }

    /// What the form shows again: all but the password.
    pub fn kept(&self) -> Value {
        json!({
            "username": kept_name(&self.username),
            "name": kept_name(&self.name),
            "email": kept_name(&self.email),
        })
    }

    /// Understands the texts, or says by each field what is wrong with it. `is_needed` tells which ones may not be
    /// left out.
    ///
    /// # Errors
    /// The messages by their fields.
    pub fn understand(&self, accounts: &Accounts, is_needed: Needed) -> Result<SignUp, Value> {
        let mut errors = json!({});
        let username = understood(&mut errors, "username", &self.username, Username::parse);
        let display_name = understood(&mut errors, "name", &self.name, DisplayName::parse);
        let email = understood(&mut errors, "email", &self.email, EmailAddress::parse_new);
        let has_email = email.is_some() || errors.get("email").is_some();
        if username.is_none() && errors.get("username").is_none() && (is_needed == Needed::Username || !has_email) {
            errors["username"] = match is_needed {
                Needed::Username => Message::new("sign-up-username-missing").into(),
                Needed::ByRules | Needed::ByInvitation => Refused::NoName.words().into(),
            };
        }
        if is_needed != Needed::Username {
            if username.as_ref().is_some_and(Username::is_reserved) {
                errors["username"] = Refused::ReservedUsername.words().into();
            }
            if is_needed == Needed::ByRules
                && let Err(refused) = accounts.sign_up.check_email(email.as_ref())
                && errors.get("email").is_none()
            {
                errors["email"] = refused.words().into();
            }
        }
        let owner = Owner {
            username: username.as_ref().map_or("", Username::as_str),
            display_name: display_name.as_ref().map_or("", DisplayName::as_str),
            email: email.as_ref().map(EmailAddress::as_given),
        };
        let password = if self.password.is_empty() {
            Err(Message::new("sign-up-password-missing"))
        } else {
            let checked = accounts.password_rules.check(Password::typed(&self.password), owner);
            checked.map_err(|rejected| rejected.words())
        };
        match password {
            Ok(password) if errors.as_object().is_some_and(serde_json::Map::is_empty) => {
                Ok(SignUp { username, display_name, email, password, data: None })
            }
            Ok(_) => Err(errors),
            Err(message) => {
                errors["password"] = message.into();
                Err(errors)
            }
        }
    }
}

/// Which fields may not be left out, beside the password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needed {
    /// The username.
    Username,
    /// What the rules of signing up ask for.
    ByRules,
    /// The same but for the address: that is what an invitation says.
    ByInvitation,
}

/// The message of a name or an address that somebody else has, by its field.
pub fn taken(error: &user::Error) -> Option<Value> {
    let field = match error {
        user::Error::UsernameTaken => "username",
        user::Error::EmailTaken => "email",
        _ => return None,
    };
    Some(json!({ field: error.words() }))
}

/// What a field says; none when it was left empty, or when it is wrong, which is noted.
fn understood<T, E: Worded>(
    errors: &mut Value,
    field: &str,
    typed: &str,
    parse: impl FnOnce(&str) -> Result<T, E>,
) -> Option<T> {
    if typed.trim().is_empty() {
        return None;
    }
    parse(typed).map_err(|error| errors[field] = error.words().into()).ok()
}
