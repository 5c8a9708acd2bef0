//! Mail: short letters in plain text, from this server to one address each, through SMTP or into the log.
//!
//! Which letters there are and when they are sent is for the floor above.

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

/// All that sending takes, checked.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Whom letters are from.
    pub sender: Sender,
    /// Which way they go.
    pub transport: Transport,
    /// What they say.
    pub texts: Texts,
}
