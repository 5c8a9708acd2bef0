//! The address that a letter goes to.

use std::fmt;

use lettre::Address;

/// An address that is certain to be a single recipient: plain ASCII, without quotes, spaces, commas or line breaks (a
/// subset of RFC 5321, 4.1.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient(Address);

/// The error for a text that mail can't be sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is no address that mail can be sent to")]
pub struct NoRecipient;

impl Recipient {
    /// Parses an address. An internationalized domain must be in ASCII already (RFC 5890).
    ///
    /// # Errors
    /// When it is no address, or might be more than one.
    pub fn parse(text: &str) -> Result<Recipient, NoRecipient> {
        let (local, domain) = text.rsplit_once('@').ok_or(NoRecipient)?;
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte);
        let is_label = |byte: u8| byte.is_ascii_alphanumeric() || b".-".contains(&byte);
        if !local.bytes().all(is_plain) || !domain.bytes().all(is_label) {
            return Err(NoRecipient);
        }
        Address::new(local, domain).map(Recipient).map_err(|_| NoRecipient)
    }

    pub(super) fn address(&self) -> &Address {
        &self.0
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_is_one_recipient() {
        for fine in ["roy@example.com", "Roy+tag@xn--bcher-kva.example", "o'neil@example.com"] {
            assert_eq!(Recipient::parse(fine).map(|to| to.to_string()).as_deref(), Ok(fine));
        }
    }

    #[test]
    fn what_might_be_two_or_a_header_is_none() {
        for bad in [
            "",
            "roy",
            "@example.com",
            "roy@",
            "roy@example.com,eve@example.com",
            "roy@example.com, eve@example.com",
            "roy,eve@example.com",
            "roy@example.com\r\nBcc: eve@example.com",
            "roy\r\nBcc:eve@example.com",
            "roy@example.com\n",
            "roy@example.com\0",
            "roy@example.com>",
            "<roy@example.com>",
            "Roy <roy@example.com>",
            "\"roy eve\"@example.com",
            "\"roy\"@example.com",
            "roy@[192.0.2.1]",
            "roy@example.com SIZE=1",
            "roy.@example.com",
            "roy(eve)@example.com",
            "roy;eve@example.com",
            "mıke@example.com",
            "roy@bücher.example",
            "ｒｏｙ@example.com",
            "roy@example\u{2028}.com",
        ] {
            assert_eq!(Recipient::parse(bad), Err(NoRecipient), "{bad:?}");
        }
    }
}
