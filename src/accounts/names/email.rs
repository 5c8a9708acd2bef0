//! Email addresses: one form for sending mail, one for comparing.

use unicode_normalization::UnicodeNormalization;
use url::Host;

use super::canonical;
use crate::texts::{Message, Worded};

/// An address that mail can be sent to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailAddress {
    given: String,
    canonical: String,
}

/// A text that is no email address, said to the person who typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words())]
pub struct InvalidEmailAddress;

impl Worded for InvalidEmailAddress {
    fn words(&self) -> Message {
        Message::new("names-email-invalid")
    }
}

impl EmailAddress {
    /// The most bytes (RFC 5321, 4.5.3.1.3, without the angle brackets).
    pub const MAX: usize = 254;

    /// What every one of them is like, as a regular expression of JSON Schema.
    pub const PATTERN: &str = "^[^@\\s]+@[^@\\s]+$";

    /// Reads what someone typed. The rules are those of HTML's `<input type=email>`, and a domain in another
    /// script is accepted.
    ///
    /// # Errors
    /// When it can't be an address.
    pub fn parse(typed: &str) -> Result<EmailAddress, InvalidEmailAddress> {
        let given: String = typed.trim().nfkc().collect();
        let canonical = canonical(&given);
        let (local, domain) = canonical.rsplit_once('@').ok_or(InvalidEmailAddress)?;
        let local_is_fine = (1..=64).contains(&local.len())
            && local.bytes().all(|b| b.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&b));
        // A percent sign would be decoded, and a dot at the end is another spelling of the same domain.
        let spelled_plainly = !domain.contains('%') && !domain.ends_with('.');
        let Ok(Host::Domain(domain)) = Host::parse(domain) else { return Err(InvalidEmailAddress) };
        // A URL may have hosts that no mail goes to, and a comma would make two addresses of one.
        let spelled_plainly = spelled_plainly && domain.split('.').all(is_label);
        let canonical = format!("{local}@{domain}");
        let without_spaces = !given.contains(|c: char| c.is_whitespace() || c.is_control());
        let fits = given.len() <= EmailAddress::MAX && canonical.len() <= EmailAddress::MAX;
        if local_is_fine && spelled_plainly && without_spaces && fits {
            Ok(EmailAddress { given, canonical })
        } else {
            Err(InvalidEmailAddress)
        }
    }

    /// Reads what someone typed as the new address of an account. Unlike those that came along with an account, it has to
    /// be one that mail can go to: HTML's rules allow dots where those of mail don't (RFC 5321, 4.1.2, `Dot-string`).
    /// Where all of an account is sent back with a change of something else, [`EmailAddress::parse`] takes what it has.
    ///
    /// # Errors
    /// When it can't be an address that gets mail.
    pub fn parse_new(typed: &str) -> Result<EmailAddress, InvalidEmailAddress> {
        let address = EmailAddress::parse(typed)?;
        let (local, _) = address.canonical.rsplit_once('@').ok_or(InvalidEmailAddress)?;
        if local.split('.').any(str::is_empty) { Err(InvalidEmailAddress) } else { Ok(address) }
    }

    /// As it was given: where mail goes.
    pub fn as_given(&self) -> &str {
        &self.given
    }

    /// As servers of mail take it: the name as it was given, since its case may matter (RFC 5321, 2.4), and the domain in
    /// ASCII.
    pub fn for_mail(&self) -> String {
        let name = self.given.rsplit_once('@').map_or("", |(name, _)| name);
        let domain = self.canonical.rsplit_once('@').map_or("", |(_, domain)| domain);
        format!("{name}@{domain}")
    }

    /// What addresses are compared by: lower case, the domain in ASCII.
    pub fn canonical(&self) -> &str {
        &self.canonical
    }
}

/// A part of a domain, as HTML's `<input type=email>` has it: letters, digits and inner dashes.
fn is_label(label: &str) -> bool {
    let plain = label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    plain && (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_address_compare_equal() {
        for typed in ["Roy@Example.com", " roy@example.COM ", "ｒｏｙ@example.com"] {
            assert_eq!(EmailAddress::parse(typed).unwrap().canonical(), "roy@example.com", "{typed}");
        }
        let kept = EmailAddress::parse("Roy+Tag@Bücher.example").unwrap();
        assert_eq!(kept.as_given(), "Roy+Tag@Bücher.example");
        assert_eq!(kept.canonical(), "roy+tag@xn--bcher-kva.example");
        assert_eq!(kept.for_mail(), "Roy+Tag@xn--bcher-kva.example");
    }

    #[test]
    fn a_new_address_gets_mail() {
        for odd in [".roy@example.com", "roy.@example.com", "r..oy@example.com"] {
            assert!(EmailAddress::parse(odd).is_ok(), "{odd}: an account may have come with it");
            assert_eq!(EmailAddress::parse_new(odd), Err(InvalidEmailAddress), "{odd}");
        }
        let plain = EmailAddress::parse_new("r.o.y@example.com").unwrap();
        assert!(crate::mail::Recipient::parse(&plain.for_mail()).is_ok());
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for bad in [
            "",
            "roy",
            "@example.com",
            "roy@",
            "r oy@example.com",
            "a@b@c.de",
            "roy@127.0.0.1",
            "roy@ex%61mple.com",
            "roy@example.com.",
            "roy@ex\nample.com",
            "roy@evil.example,example.com",
            "roy@\"example.com",
            "roy@example..com",
            "roy@-example.com",
            "roy@exa_mple.com",
        ] {
            assert_eq!(EmailAddress::parse(bad), Err(InvalidEmailAddress), "{bad:?}");
        }
    }
}
