//! What can be refused. Anyone can cause these, as often as they like.

use crate::accounts::source::{Actor, Source};

/// What was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// A login; the detail says why.
    LoginFailed,
    /// A login that was not looked at: too many attempts.
    LoginThrottled,
    /// A login on the page without the right answer to its captcha.
    LoginRefused,
    /// A login with the right password to an account that still waits.
    LoginWaiting,
    /// A one-time link that does not work, such as one that was used.
    LinkRefused,
    /// A request for a link for a new password that was not answered: too many for the account or the address, or from one
    /// network.
    ResetThrottled,
    /// The same for a name that nobody has, or an account that gets no such link.
    ResetRefused,
    /// A sign-up: too many from one network.
    SignUpThrottled,
    /// A sign-up that seems to come from a robot.
    SignUpRefused,
    /// Another address that was not looked at: too many by this account or from its network.
    EmailChangeThrottled,
    /// A request that came from another site, or a form without the token of its session.
    RequestRefused,
    /// A change: too many by this account.
    WriteThrottled,
    /// Something for admins only, by someone who is none.
    AccessDenied,
    /// A token that is not ours, or was revoked before it expired.
    TokenRefused,
    /// More than one session cookie, or one under another spelling of its name.
    CookieRefused,
}

impl Refusal {
    /// The name of the event in the audit.
    pub fn as_str(self) -> &'static str {
        match self {
            Refusal::LoginFailed => "login.failed",
            Refusal::LoginThrottled => "login.throttled",
            Refusal::LoginRefused => "login.refused",
            Refusal::LoginWaiting => "login.waiting",
            Refusal::LinkRefused => "link.refused",
            Refusal::ResetThrottled => "reset.throttled",
            Refusal::ResetRefused => "reset.refused",
            Refusal::SignUpThrottled => "sign_up.throttled",
            Refusal::SignUpRefused => "sign_up.refused",
            Refusal::EmailChangeThrottled => "email_change.throttled",
            Refusal::RequestRefused => "request.refused",
            Refusal::WriteThrottled => "write.throttled",
            Refusal::AccessDenied => "access.denied",
            Refusal::TokenRefused => "token.refused",
            Refusal::CookieRefused => "cookie.refused",
        }
    }
}

/// What is bounded together. Refusals that concern an account are apart from those that concern nobody we know, so
/// that noise does not hide guesses at an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Kind {
    pub refusal: Refusal,
    pub about_account: bool,
}

impl Kind {
    pub fn of(refusal: Refusal, source: &Source, target: Option<&str>) -> Kind {
        Kind { refusal, about_account: target.is_some() || source.actor != Actor::Visitor(None) }
    }
}
