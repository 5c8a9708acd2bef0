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
use crate::texts::{Message, Worded};
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
        /// How long to wait.
        seconds: i64,
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
    /// What such a form said stands in it again.
    ConfirmedButNotSaved,
    /// What such a form said was too long to be kept.
    ConfirmedButNotKept,
    /// Such a form was a button.
    NothingDoneYet,
    /// The browser did not keep the cookies of a login.
    CookiesRefused,
    /// One of someone's other sessions was ended.
    OtherSessionEnded,
    /// All of someone's other sessions were ended.
    OtherSessionsEnded,
    /// The account will be deleted.
    DeletionRequested {
        /// When, in UTC.
        at: NaiveDateTime,
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
    /// The password was right, but the link has to be opened first that makes the account.
    LinkWaiting,
    /// An account was made by the link that went to its address.
    SignUpConfirmed,
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
        Flash::Throttled { seconds: wait.seconds() }
    }

    /// The account will be deleted at this moment.
    pub fn deletion_requested(at: NaiveDateTime) -> Flash {
        Flash::DeletionRequested { at }
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
        let kind = if self.is_refusal() { "error" } else { "success" };
        json!({ "kind": kind, "message": self.words() })
    }

    /// Whether it says that something was not done.
    fn is_refusal(&self) -> bool {
        matches!(
            self,
            Flash::WrongLogin { .. }
                | Flash::Throttled { .. }
                | Flash::CaptchaNeeded
                | Flash::TooManyTodos { .. }
                | Flash::SessionEnded
                | Flash::NotSavedYet
                | Flash::NotKept
                | Flash::NothingDone
                | Flash::ConfirmFirst
                | Flash::ConfirmedButNotSaved
                | Flash::ConfirmedButNotKept
                | Flash::NothingDoneYet
                | Flash::CookiesRefused
                | Flash::DeletionRequestedOrNot
                | Flash::PasswordChangedOrNot
                | Flash::AccountWaiting
                | Flash::LinkWaiting
                | Flash::LogOutToBeInvited
        )
    }
}

impl Worded for Flash {
    fn words(&self) -> Message {
        match self {
            Flash::Throttled { seconds } => Wait::new(chrono::Duration::seconds(*seconds)).throttled(),
            Flash::TooManyTodos { most } => todos::Error::TooMany(*most).words(),
            Flash::DeletionRequested { at } => Message::new("account-deletion-requested").with("at", *at),
            Flash::AccountWaiting => WaitsFor::Approval.words(),
            Flash::LinkWaiting => WaitsFor::Link.words(),
            Flash::ByAdmin(done) => done.words(),
            Flash::WrongLogin { .. } => Message::new("login-wrong"),
            Flash::CaptchaNeeded => Message::new("captcha-needed"),
            Flash::SessionEnded => Message::new("unsaved-log-in"),
            Flash::NotSavedYet => Message::new("unsaved-not-yet"),
            Flash::NotKept => Message::new("unsaved-not-kept"),
            Flash::NothingDone => Message::new("unsaved-nothing-done"),
            Flash::ConfirmFirst => Message::new("confirm-first"),
            Flash::ConfirmedButNotSaved => Message::new("unsaved-confirmed"),
            Flash::ConfirmedButNotKept => Message::new("unsaved-confirmed-not-kept"),
            Flash::NothingDoneYet => Message::new("unsaved-confirmed-nothing-done"),
            Flash::CookiesRefused => Message::new("login-cookies-refused"),
            Flash::LoggedOut => Message::new("logout-done"),
            Flash::OtherSessionEnded => Message::new("account-sessions-other-ended"),
            Flash::OtherSessionsEnded => Message::new("account-sessions-others-ended"),
            Flash::DeletionRequestedOrNot => Message::new("account-deletion-requested-or-not"),
            Flash::AccountDeleted => Message::new("account-deleted"),
            Flash::AccountKept => Message::new("account-kept"),
            Flash::AccountSaved => Message::new("account-saved"),
            Flash::EmailAsked => Message::new("email-change-asked"),
            Flash::EmailCancelled => Message::new("email-change-cancelled"),
            Flash::EmailConfirmed => Message::new("email-change-confirmed"),
            Flash::EmailRestored => Message::new("email-change-restored"),
            Flash::PasswordChanged => Message::new("account-password-changed"),
            Flash::PasswordChangedOrNot => Message::new("account-password-changed-or-not"),
            Flash::PasswordReset => Message::new("reset-done"),
            Flash::SignUpConfirmed => Message::new("sign-up-confirmed"),
            Flash::SignedUpToWait => Message::new("sign-up-waits"),
            Flash::LogOutToBeInvited => Message::new("sign-up-logged-in"),
            Flash::TodoAdded => Message::new("todos-added"),
            Flash::TodoSaved => Message::new("todos-saved"),
            Flash::TodoDeleted => Message::new("todos-deleted"),
            Flash::TodoDone => Message::new("todos-marked-done"),
            Flash::TodoUndone => Message::new("todos-marked-open"),
        }
    }
}
