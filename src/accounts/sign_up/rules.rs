//! Who may sign up, as configured.

use crate::accounts::names::EmailAddress;
use crate::accounts::user::WaitsFor;
use crate::config::{CaptchaDemand, EmailDomain, Registration, Settings};
use crate::texts::{Message, Worded};

/// The rules, beside those of names and passwords.
#[derive(Debug, Clone)]
pub struct Rules {
    registration: Registration,
    require_email: bool,
    always_captcha: bool,
    email_domains: Vec<EmailDomain>,
    pub(super) least_seconds: u32,
}

/// Why nobody signs up with this address, or without one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words())]
pub enum EmailRefused {
    /// There is none.
    Missing,
    /// It is of another domain than those that may.
    Domain(String),
}

impl Worded for EmailRefused {
    fn words(&self) -> Message {
        match self {
            EmailRefused::Missing => Message::new("sign-up-email-missing"),
            EmailRefused::Domain(endings) => Message::new("sign-up-email-domain").with("endings", endings.as_str()),
        }
    }
}

impl Rules {
    /// The rules of these settings.
    pub fn new(settings: &Settings) -> Rules {
        Rules {
            registration: settings.registration,
            require_email: settings.require_email,
            always_captcha: settings.captcha == CaptchaDemand::Always,
            email_domains: settings.email_domains.clone(),
            least_seconds: settings.sign_up_seconds,
        }
    }

    /// Whether anyone may sign up, without an invitation.
    pub fn is_open(&self) -> bool {
        matches!(self.registration, Registration::Open | Registration::Approval)
    }

    /// Whether invitations are the way in.
    pub fn is_by_invitation(&self) -> bool {
        self.registration == Registration::Invite
    }

    /// What accounts wait for whose owners signed up without an invitation.
    pub(super) fn waits_for(&self) -> Option<WaitsFor> {
        (self.registration == Registration::Approval).then_some(WaitsFor::Approval)
    }

    /// Whether it takes a captcha in any case.
    pub(in crate::accounts) fn always_captcha(&self) -> bool {
        self.always_captcha
    }

    /// Whether it takes an email address.
    pub fn needs_email(&self) -> bool {
        self.require_email || !self.email_domains.is_empty()
    }

    /// How the addresses end that people may sign up with, such as "@a.example or @b.example"; none when any will do.
    pub fn email_endings(&self) -> Option<String> {
        let (last, others) = self.email_domains.split_last()?;
        let others: Vec<String> = others.iter().map(|domain| format!("@{}", domain.as_str())).collect();
        let last = format!("@{}", last.as_str());
        Some(if others.is_empty() { last } else { format!("{} or {last}", others.join(", ")) })
    }

    /// Checks the address of someone who signs up.
    ///
    /// # Errors
    /// When it is missing, or none that people may sign up with.
    pub fn check_email(&self, email: Option<&EmailAddress>) -> Result<(), EmailRefused> {
        let Some(email) = email else {
            return if self.needs_email() { Err(EmailRefused::Missing) } else { Ok(()) };
        };
        let domain = email.canonical().rsplit('@').next().unwrap_or_default();
        match self.email_endings() {
            Some(endings) if !self.email_domains.iter().any(|allowed| allowed.as_str() == domain) => {
                Err(EmailRefused::Domain(endings))
            }
            _ => Ok(()),
        }
    }
}
