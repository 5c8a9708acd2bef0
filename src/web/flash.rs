//! Messages about what just happened, shown once, on the next page.
//!
//! They travel in a private cookie. Rocket's own flash cookie is not signed, so anyone could put words into
//! our mouth with it; and it would show a name typed into the form to whoever reads the browser's cookies.

use chrono::NaiveDateTime;
use rocket::http::CookieJar;
use rocket::time::Duration;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::admin::done::Done;
use crate::accounts::throttle::Wait;
use crate::accounts::user::WaitsFor;
use crate::http::{CookieName, Site, cookies};
use crate::todos;

const NAME: CookieName = CookieName { plain: "flash", secure: "__Host-flash" };

/// The longest name, in bytes, that is kept for the form; no real name is longer.
const MAX_NAME: usize = 254;

/// A name that was typed, as far as the login form shows it again.
pub fn kept_name(typed: &str) -> &str {
    if typed.len() > MAX_NAME { "" } else { typed }
}

/// What just happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Flash {
    /// A login failed; the name is kept for the form.
    WrongLogin {
        /// The name that was typed.
        username: String,
        /// Whether "remember me" was ticked.
        remember: bool,
    },
    /// There were too many attempts.
    Throttled {
        /// How long to wait, in words.
        wait: String,
    },
    /// A login needs a captcha, which was not on its page.
    CaptchaNeeded,
    /// There are as many open todos as an account may have.
    TooManyTodos {
        /// That limit.
        most: u32,
    },
    /// The session was ended.
    LoggedOut,
    /// A form came after the end of its session.
    SessionEnded,
    /// What such a form said stands in it again.
    NotSavedYet,
    /// What such a form said was too long to be kept.
    NotKept,
    /// Such a form was a button.
    NothingDone,
    /// A form waits until its sender has confirmed with the password.
    ConfirmFirst,
    /// The browser did not keep the cookies of a login.
    CookiesRefused,
    /// One of someone's other sessions was ended.
    OtherSessionEnded,
    /// All of someone's other sessions were ended.
    OtherSessionsEnded,
    /// The account will be deleted.
    DeletionRequested {
        /// On which day, in words.
        day: String,
    },
    /// The form of the deletion came after the end of its session, which it may have ended itself.
    DeletionRequestedOrNot,
    /// The account was deleted.
    AccountDeleted,
    /// The account was about to be deleted, and is kept.
    AccountKept,
    /// Something about the account was changed.
    AccountSaved,
    /// Another address was asked for, which has to be confirmed first.
    EmailAsked,
    /// An address that was asked for is not wanted any more.
    EmailCancelled,
    /// An address was confirmed by a link.
    EmailConfirmed,
    /// A former address was restored by a link.
    EmailRestored,
    /// The password was changed.
    PasswordChanged,
    /// The form of the new password came after the end of its session, which it may have ended itself.
    PasswordChangedOrNot,
    /// A new password was chosen by a link.
    PasswordReset,
    /// The password was right, but the account still waits.
    AccountWaiting,
    /// An account was made that waits.
    SignedUpToWait,
    /// Someone who is logged in has opened an invitation.
    LogOutToBeInvited,
    /// A todo was made.
    TodoAdded,
    /// What a todo says was changed.
    TodoSaved,
    /// A todo was removed.
    TodoDeleted,
    /// A todo was marked as done.
    TodoDone,
    /// A todo was marked as not done.
    TodoUndone,
    /// An admin did something to others.
    ByAdmin(Done),
}

impl Flash {
    /// A failed login.
    pub fn wrong_login(username: String, remember: bool) -> Flash {
        Flash::WrongLogin { username: kept_name(&username).to_owned(), remember }
    }

    /// A login that was refused because there were too many.
    pub fn throttled(wait: Wait) -> Flash {
        Flash::Throttled { wait: wait.in_words() }
    }

    /// The account will be deleted at this moment.
    pub fn deletion_requested(at: NaiveDateTime) -> Flash {
        Flash::DeletionRequested { day: at.format("%-d\u{a0}%B\u{a0}%Y, %H:%M\u{a0}UTC").to_string() }
    }

    /// Puts the message into the answer, for the next page.
    pub(super) fn leave(&self, jar: &CookieJar<'_>, site: &Site) {
        let value = serde_json::to_string(self).expect("a flash is a map with text keys");
        let mut cookie = cookies::private(site, NAME, value);
        cookie.set_max_age(Duration::minutes(5));
        jar.add_private(cookie);
    }

    /// Takes the waiting message, if any.
    pub(super) fn take(jar: &CookieJar<'_>, site: &Site) -> Option<Flash> {
        let cookie = jar.get_private(site.cookie_name(NAME))?;
        jar.remove_private(cookies::private(site, NAME, String::new()));
        serde_json::from_str(cookie.value()).ok()
    }

    /// What the layout shows.
    pub(super) fn view(&self) -> Value {
        let (kind, message) = match self {
            Flash::WrongLogin { .. } => ("error", "Wrong username/email or password.".to_owned()),
            Flash::Throttled { wait } => ("error", format!("Too many attempts. Wait {wait}, then try again.")),
            Flash::CaptchaNeeded => (
                "error",
                "There were many failed logins lately. Enter your password again, and the signs in the picture."
                    .to_owned(),
            ),
            Flash::TooManyTodos { most } => ("error", todos::Error::TooMany(*most).to_string()),
            Flash::SessionEnded => {
                ("error", "Your session has ended, so nothing was saved. Log in to continue.".to_owned())
            }
            Flash::NotSavedYet => {
                ("error", "Your session had ended, so this is not saved yet. Check it, then save it again.".to_owned())
            }
            Flash::NotKept => (
                "error",
                "Your session had ended, so nothing was saved. What you typed was too long to keep: please enter it \
                 again."
                    .to_owned(),
            ),
            Flash::NothingDone => {
                ("error", "Your session had ended, so nothing was changed. Please try again.".to_owned())
            }
            Flash::ConfirmFirst => {
                ("error", "Nothing was saved yet. Confirm with your password, then send the form again.".to_owned())
            }
            Flash::CookiesRefused => {
                ("error", "This browser refused our cookie. Allow cookies for this site, then log in again.".to_owned())
            }
            Flash::LoggedOut => ("success", "You’re logged out.".to_owned()),
            Flash::OtherSessionEnded => ("success", "That session was ended.".to_owned()),
            Flash::OtherSessionsEnded => ("success", "Every other session was ended.".to_owned()),
            Flash::DeletionRequested { day } => (
                "success",
                format!(
                    "You’re logged out everywhere. Your account will be deleted on {day}, unless you log in before."
                ),
            ),
            Flash::DeletionRequestedOrNot => (
                "error",
                "You’re logged out. If you clicked twice, your account was deleted, or will be unless you log in before. \
                 Otherwise nothing was changed."
                    .to_owned(),
            ),
            Flash::AccountDeleted => ("success", "Your account was deleted.".to_owned()),
            Flash::AccountKept => ("success", "Welcome back! Your account will not be deleted.".to_owned()),
            Flash::AccountSaved => ("success", "Your account was saved.".to_owned()),
            Flash::EmailAsked => (
                "success",
                "We sent a message to the new address. Open the link in it within an hour to confirm the address."
                    .to_owned(),
            ),
            Flash::EmailCancelled => ("success", "The change of your address was cancelled.".to_owned()),
            Flash::EmailConfirmed => ("success", "The address was confirmed, and the account has it now.".to_owned()),
            Flash::EmailRestored => (
                "success",
                "The account has its former address again, and everything was logged out. Now choose a new password."
                    .to_owned(),
            ),
            Flash::PasswordChanged => {
                ("success", "Your password was changed, and everything else was logged out.".to_owned())
            }
            Flash::PasswordChangedOrNot => (
                "error",
                "You’re logged out. If you clicked twice, your password was changed: log in with the new one. Otherwise \
                 nothing was saved."
                    .to_owned(),
            ),
            Flash::PasswordReset => (
                "success",
                "Your password was changed, and everything was logged out. Log in with the new password.".to_owned(),
            ),
            Flash::AccountWaiting => ("error", WaitsFor::Approval.to_string()),
            Flash::SignedUpToWait => (
                "success",
                "Your account was created. An administrator has to approve it before you can log in.".to_owned(),
            ),
            Flash::LogOutToBeInvited => (
                "error",
                "You’re logged in, so you have an account already. To create another one, log out and open the \
                 invitation again."
                    .to_owned(),
            ),
            Flash::TodoAdded => ("success", "The todo was added.".to_owned()),
            Flash::TodoSaved => ("success", "The todo was saved.".to_owned()),
            Flash::TodoDeleted => ("success", "The todo was deleted.".to_owned()),
            Flash::TodoDone => ("success", "The todo is marked as done.".to_owned()),
            Flash::TodoUndone => ("success", "The todo is open again.".to_owned()),
            Flash::ByAdmin(done) => ("success", done.to_string()),
        };
        json!({ "kind": kind, "message": message })
    }
}
