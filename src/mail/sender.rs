//! `mail_from`: the sender of mail.

use std::fmt;

use lettre::message::Mailbox;
use serde::{Deserialize, Serialize};

use super::Recipient;

/// An address, perhaps with a name before it: `Example <login@example.com>` (RFC 5322, 3.4).
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Sender(Mailbox);

/// The error for a text that is no sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it has to look like login@example.com or Example <login@example.com>")]
pub struct InvalidSender;

impl Sender {
    /// The part after the `@`, which makes the ids of messages unique.
    pub fn domain(&self) -> &str {
        self.0.email.domain()
    }

    /// The same with this name before the address, unless it has one.
    pub fn named(&self, name: &str) -> Sender {
        let name = self.0.name.clone().unwrap_or_else(|| name.to_owned());
        Sender(Mailbox::new(Some(name), self.0.email.clone()))
    }

    pub(super) fn mailbox(&self) -> &Mailbox {
        &self.0
    }
}

impl TryFrom<String> for Sender {
    type Error = InvalidSender;

    fn try_from(text: String) -> Result<Sender, InvalidSender> {
        if text.contains(char::is_control) {
            return Err(InvalidSender);
        }
        let mailbox: Mailbox = text.trim().parse().map_err(|_| InvalidSender)?;
        // As strict as for recipients, since replies and bounces go there.
        Recipient::parse(mailbox.email.as_ref()).map_err(|_| InvalidSender)?;
        Ok(Sender(mailbox))
    }
}

impl From<Sender> for String {
    fn from(sender: Sender) -> String {
        sender.0.to_string()
    }
}

impl fmt::Display for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sender_is_an_address_with_or_without_a_name() {
        let read = |text: &str| Sender::try_from(text.to_owned());
        for fine in ["login@example.com", "Example <login@example.com>", "Bücher & Co <login@example.com>"] {
            assert!(read(fine).is_ok(), "{fine}");
        }
        for bad in ["", "login", "Example", "a@example.com, b@example.com", "x\r\nBcc: b@example.com <a@example.com>"] {
            assert_eq!(read(bad), Err(InvalidSender), "{bad:?}");
        }
    }
}
