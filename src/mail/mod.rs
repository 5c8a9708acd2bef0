//! Mail: short letters in plain text, each to one address, sent through SMTP or written to the log.
//!
//! The layer above decides which letters there are and when they are sent.

mod brand;
mod connection;
mod error;
mod facts;
mod letter;
mod recipient;
mod sender;
mod smtp_url;
mod texts;
mod transport;
mod trust;
mod wrap;

pub use brand::{Brand, Link};
pub use connection::{Connection, Server};
pub use error::{Error, Stage};
pub use facts::Facts;
pub use letter::Letter;
pub use recipient::{NoRecipient, Recipient};
pub use sender::{InvalidSender, Sender};
pub use smtp_url::{InvalidSmtpUrl, Security, SmtpUrl};
pub use texts::{Text, Texts};
pub use transport::{Post, Transport};
pub use trust::{Trust, Unreadable};

/// Everything that sending needs, validated.
#[derive(Debug, Clone)]
pub struct Mail {
    /// The sender of letters.
    pub sender: Sender,
    /// How they are sent.
    pub transport: Transport,
    /// Their texts.
    pub texts: Texts,
}
