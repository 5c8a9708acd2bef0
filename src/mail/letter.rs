//! A letter, and the message that it becomes (RFC 5322).

use std::time::SystemTime;

use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, SinglePart};

use super::{Error, Recipient, Sender, Stage, Text};

/// A letter to one person.
#[derive(Debug, Clone)]
pub struct Letter {
    /// The same each time the letter is sent, as its `Message-ID`, so that a mailbox can drop a duplicate.
    pub id: String,
    /// The recipient.
    pub to: Recipient,
    /// When it was written.
    pub written: SystemTime,
    /// The text.
    pub text: Text,
}

impl Letter {
    /// The message as it is sent to the server: lines of ASCII, none longer than about 76 characters.
    ///
    /// # Errors
    /// When the library refuses to write it, for which there is no known reason.
    pub fn to_bytes(&self, sender: &Sender) -> Result<Vec<u8>, Error> {
        // Prevents automatic replies (RFC 3834, 5), such as out-of-office messages.
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        let message = Message::builder()
            .from(sender.mailbox().clone())
            .to(Mailbox::new(None, self.to.address().clone()))
            .subject(self.text.subject.as_str())
            .date(self.written)
            .message_id(Some(format!("<{}@{}>", self.id, sender.domain())))
            .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()))
            .singlepart(SinglePart::plain(self.text.body.clone()))
            .map_err(|error| Error::saying(Stage::Letter, &error.to_string()))?;
        Ok(fold_sender(message.formatted(), sender))
    }
}

/// The most characters of a line with encoded words (RFC 2047, 2).
const LINE: usize = 76;

/// Breaks the line of the sender before the address where it is too long: lettre folds the name alone.
fn fold_sender(mut message: Vec<u8>, sender: &Sender) -> Vec<u8> {
    let address = format!(" <{}>\r\n", sender.mailbox().email);
    let Some(at) = message.windows(address.len()).position(|bytes| bytes == address.as_bytes()) else { return message };
    let start = message[..at].windows(2).rposition(|bytes| bytes == b"\r\n").map_or(0, |end| end + 2);
    if at + address.len() - 2 - start > LINE {
        message.splice(at..at, *b"\r\n");
    }
    message
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(subject: &str, body: &str) -> String {
        let text = Text { subject: subject.to_owned(), body: body.to_owned() };
        let to = Recipient::parse("roy@example.com").unwrap();
        let letter = Letter { id: "17".to_owned(), to, written: SystemTime::UNIX_EPOCH, text };
        let sender = Sender::try_from("Example <login@example.com>".to_owned()).unwrap();
        String::from_utf8(letter.to_bytes(&sender).unwrap()).unwrap()
    }

    #[test]
    fn a_message_has_the_headers_that_mailboxes_want() {
        let message = letter("Hello", "Some words.\n");
        for line in [
            "From: Example <login@example.com>\r\n",
            "To: roy@example.com\r\n",
            "Subject: Hello\r\n",
            "Date: Thu, 01 Jan 1970 00:00:00 +0000\r\n",
            "Message-ID: <17@example.com>\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "MIME-Version: 1.0\r\n",
            "Content-Type: text/plain; charset=utf-8\r\n",
        ] {
            assert!(message.contains(line), "{line:?}: {message}");
        }
    }

    #[test]
    fn nothing_in_a_subject_or_a_text_makes_a_header_or_ends_the_message() {
        for nasty in ["a\r\nBcc: eve@example.com", "a\nBcc: eve@example.com", "a\rBcc: eve@example.com", "\r\n\r\nx"] {
            let message = letter(nasty, &format!("{nasty}\r\n.\r\nMAIL FROM:<eve@example.com>\r\n"));
            let (head, _) = message.split_once("\r\n\r\n").unwrap();
            let names = head.split("\r\n").filter(|line| !line.starts_with(' '));
            let names: Vec<&str> = names.map(|line| line.split(':').next().unwrap()).collect();
            let ours = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"];
            let of_mime = ["MIME-Version", "Content-Type", "Content-Transfer-Encoding"];
            assert_eq!(names, [&ours[..], &of_mime].concat(), "{message}");
        }
    }

    #[test]
    fn a_sender_with_a_long_name_is_on_several_lines() {
        let to = Recipient::parse("roy@example.com").unwrap();
        let text = Text { subject: "Hello".to_owned(), body: "Some words.".to_owned() };
        let letter = Letter { id: "17".to_owned(), to, written: SystemTime::UNIX_EPOCH, text };
        let bare = Sender::try_from("login@a-rather-long-name.example.com".to_owned()).unwrap();
        for name in ["x".repeat(64), "🦊".repeat(64), "x \"y\" ".repeat(8), "ü ".repeat(32), "Acme".to_owned()] {
            let message = String::from_utf8(letter.to_bytes(&bare.named(name.trim())).unwrap()).unwrap();
            let from = message.split("\r\nTo: ").next().unwrap();
            assert!(from.split("\r\n").all(|line| line.len() <= 78), "{from}");
            assert!(from.ends_with(" <login@a-rather-long-name.example.com>") && from.is_ascii(), "{from}");
            assert_eq!(from.contains('\n'), name != "Acme", "{from}");
        }
    }

    #[test]
    fn every_line_is_short_and_in_ascii() {
        let message = letter(&"ü".repeat(300), &format!("{}\n{}\n", "ü".repeat(600), "x".repeat(5000)));
        assert!(message.is_ascii(), "{message}");
        let longest = message.split("\r\n").map(str::len).max().unwrap();
        assert!(longest <= 78, "{longest}: {message}");
        assert!(!message.replace("\r\n", "").contains(['\r', '\n']));
    }
}
