//! Why a letter was not sent, at which stage, and what an operator can do.

use std::error::Error as _;

use lettre::transport::smtp;

use super::{Security, SmtpUrl};

/// The stage at which it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Connecting to the server and reading its greeting.
    Connecting,
    /// Verifying its certificate.
    Certificate,
    /// Requesting encryption.
    Encrypting,
    /// Logging in.
    LoggingIn,
    /// Naming the sender.
    Sender,
    /// Naming the recipient.
    Recipient,
    /// Sending the letter itself.
    Letter,
    /// Being told at any stage that the server accepts nothing more for now (RFC 5321, 3.8: 421).
    Busy,
}

/// Why a letter was not sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text}")]
pub struct Error {
    /// The stage at which it failed.
    pub stage: Stage,
    /// Whether the server says that trying again is useless (RFC 5321, 4.2.1: 5yz).
    is_permanent: bool,
    /// What the server or the system said.
    text: String,
}

impl Error {
    pub(super) fn of(stage: Stage, error: &smtp::Error) -> Error {
        let text = said(error);
        let stage = if stage == Stage::Connecting && is_about_certificate(error) { Stage::Certificate } else { stage };
        Error { stage, is_permanent: error.is_permanent(), text }
    }

    pub(super) fn late(stage: Stage, seconds: u64) -> Error {
        Error { stage, is_permanent: false, text: format!("no answer within {seconds} seconds") }
    }

    pub(super) fn saying(stage: Stage, text: &str) -> Error {
        Error { stage, is_permanent: false, text: text.to_owned() }
    }

    /// Whether the error is about this letter only, so that the server may accept others.
    pub fn is_of_the_letter(&self) -> bool {
        matches!(self.stage, Stage::Recipient | Stage::Letter)
    }

    /// Whether trying again is useless, because the server says that there is no such recipient (RFC 3463: 5.1.1 and
    /// the like, after the reply code). Other permanent errors (quotas, rules of the server, a missing login) may be
    /// gone tomorrow, and 5.1.7 and 5.1.8 are about the sender.
    pub fn is_final(&self) -> bool {
        let code = self.text.split_ascii_whitespace().nth(1).unwrap_or_default();
        let is_about_recipient = code.starts_with("5.1.") && !["5.1.7", "5.1.8"].contains(&code);
        self.stage == Stage::Recipient && self.is_permanent && is_about_recipient
    }

    /// What an operator should check.
    pub fn advice(&self, url: &SmtpUrl) -> String {
        match (self.stage, url.security) {
            (Stage::Connecting, Security::Tls) => format!(
                "check the host and port of `smtp_url` ({url}), and that a firewall lets this machine through. smtps:// \
                 is for port 465; for port 587 write smtp://"
            ),
            (Stage::Connecting, _) => format!(
                "check the host and port of `smtp_url` ({url}), and that a firewall lets this machine through. smtp:// \
                 is for port 587; for port 465 write smtps://"
            ),
            (Stage::Certificate, _) => format!(
                "`smtp_url` has to name the server as its certificate does, not {} by another name. A certificate of \
                 your own authority needs `smtp_ca`, and a machine without the usual authorities the package \
                 ca-certificates",
                url.host
            ),
            (Stage::Encrypting, _) => {
                "the server offers no encryption here. Use the port that does (465 with smtps://, 587 with smtp://); a \
                 server on this machine may be used with smtp://localhost:25?tls=none"
                    .to_owned()
            }
            (Stage::LoggingIn, _) => {
                "check the user and the password. In `smtp_url` write @ : / ? # % as %40 %3A %2F %3F %23 %25, or set \
                 the password as `smtp_password`. Many providers want a password made for apps, not that of the mailbox"
                    .to_owned()
            }
            (Stage::Sender, _) => {
                "`mail_from` has to be an address that this account may send from; many providers want it confirmed first"
                    .to_owned()
            }
            (Stage::Recipient, _) => {
                "the server does not take mail for this address: it is misspelt, or the server wants a user and a \
                 password in `smtp_url` first"
                    .to_owned()
            }
            (Stage::Letter, _) => "the server took the addresses but not the letter; its words say why".to_owned(),
            (Stage::Busy, _) => "the server takes no more mail for now. Send fewer letters at once, or later".to_owned(),
        }
    }
}

/// The message of the server or the system, in one line and without the text that lettre puts before it.
fn said(error: &smtp::Error) -> String {
    let words = beneath(error).map_or_else(|| error.to_string(), ToString::to_string);
    let words = match error.status() {
        Some(code) => format!("{code} {words}"),
        None => words,
    };
    words.split(|c: char| c.is_control()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The error that lettre wraps, sometimes twice.
fn beneath(error: &smtp::Error) -> Option<&(dyn std::error::Error + 'static)> {
    let source = error.source()?;
    source.downcast_ref::<smtp::Error>().map_or(Some(source), beneath)
}

fn is_about_certificate(error: &smtp::Error) -> bool {
    let io = beneath(error).and_then(|source| source.downcast_ref::<std::io::Error>());
    let tls = io.and_then(std::io::Error::get_ref).and_then(|inner| inner.downcast_ref::<rustls::Error>());
    matches!(tls, Some(rustls::Error::InvalidCertificate(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_unknown_recipient_is_final() {
        let is_final = |stage, text: &str| Error { stage, is_permanent: true, text: text.to_owned() }.is_final();
        for text in ["550 5.1.1 no such mailbox", "550 5.1.1 <a5.7.b@example.com> unknown", "553 5.1.10 no mail here"] {
            assert!(is_final(Stage::Recipient, text), "{text}");
            assert!(!is_final(Stage::Letter, text) && !is_final(Stage::Sender, text), "{text}");
        }
        for text in [
            "550 relay not permitted",
            "530 Authentication required",
            "550 no such user",
            "554 5.7.1 <a5.1.1@example.com> denied",
            "550 5.4.5 daily quota exceeded",
            "550 5.1.8 <login@example.com>: unknown sender domain",
            "550",
        ] {
            assert!(!is_final(Stage::Recipient, text), "{text}");
        }
        let for_now = Error { stage: Stage::Recipient, is_permanent: false, text: "450 5.1.1 later".to_owned() };
        assert!(!for_now.is_final());
    }
}
