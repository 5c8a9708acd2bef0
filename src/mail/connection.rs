//! An SMTP connection to the server that takes our mail (RFC 5321): encrypted, logged in, and usable for many letters.

use std::time::Duration;

use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail as MailFrom, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use tokio::time::timeout;

use super::{Error, Letter, Security, Sender, SmtpUrl, Stage, Trust};

/// How long connecting and logging in may take.
const OPENING: Duration = Duration::from_secs(30);

/// How long sending a letter may take. RFC 5321, 4.5.3.2, recommends longer, but here other letters wait for the same
/// worker.
const SENDING: Duration = Duration::from_secs(120);

/// How long closing or resetting a connection may take.
const CLOSING: Duration = Duration::from_secs(2);

/// The reply of a server that closes the connection (RFC 5321, 3.8).
const CLOSES: u16 = 421;

/// The server, and what a connection to it needs.
#[derive(Debug, Clone)]
pub struct Server {
    /// Its address and our login.
    pub url: SmtpUrl,
    /// Which certificates are trusted.
    pub trust: Trust,
    /// The name of this machine, as others know it; if there is none, its IP address is used.
    pub own_name: Option<String>,
}

/// An open connection.
pub struct Connection(AsyncSmtpConnection);

impl Server {
    /// Connects, encrypts as `smtp_url` says, and logs in.
    ///
    /// # Errors
    /// At which stage it failed, and the server's answer.
    pub async fn connect(&self) -> Result<Connection, Error> {
        match timeout(OPENING, self.open()).await {
            Ok(opened) => opened.map(Connection),
            Err(_) => Err(Error::late(Stage::Connecting, OPENING.as_secs())),
        }
    }

    async fn open(&self) -> Result<AsyncSmtpConnection, Error> {
        let SmtpUrl { security, host, port, user, password } = &self.url;
        let hello = self.own_name.clone().map_or_else(ClientId::default, ClientId::Domain);
        let place = (host.as_str(), *port);
        let at_once = if *security == Security::Tls { Some(self.trust.parameters(host)?) } else { None };
        let mut connection = AsyncSmtpConnection::connect_tokio1(place, Some(OPENING / 2), &hello, at_once, None)
            .await
            .map_err(|error| Error::of(Stage::Connecting, &error))?;
        if *security == Security::StartTls {
            if !connection.can_starttls() {
                return Err(Error::saying(Stage::Encrypting, "the server does not offer STARTTLS"));
            }
            let parameters = self.trust.parameters(host)?;
            let started = connection.starttls(parameters, &hello).await;
            started.map_err(|error| Error::of(Stage::Connecting, &error))?;
        }
        if let (Some(user), Some(password)) = (user, password) {
            let ways = [Mechanism::Plain, Mechanism::Login];
            if connection.server_info().get_auth_mechanism(&ways).is_none() {
                return Err(Error::saying(Stage::LoggingIn, "the server offers no login by password"));
            }
            let credentials = Credentials::new(user.clone(), password.clone());
            let answered = connection.auth(&ways, &credentials).await;
            answered.map_err(|error| Error::of(Stage::LoggingIn, &error))?;
        }
        Ok(connection)
    }
}

impl Connection {
    /// Sends a letter. After an error that is not about the letter, the connection can't be used any more.
    ///
    /// # Errors
    /// At which stage it failed, and the server's answer.
    pub async fn send(&mut self, sender: &Sender, letter: &Letter) -> Result<(), Error> {
        let bytes = letter.to_bytes(sender)?;
        match timeout(SENDING, self.hand_over(sender, letter, &bytes)).await {
            Ok(done) => done,
            Err(_) => Err(Error::late(Stage::Connecting, SENDING.as_secs())),
        }
    }

    async fn hand_over(&mut self, sender: &Sender, letter: &Letter, bytes: &[u8]) -> Result<(), Error> {
        let from = MailFrom::new(Some(sender.mailbox().email.clone()), Vec::new());
        self.0.command(from).await.map_err(|error| at(Stage::Sender, &error))?;
        let to = Rcpt::new(letter.to.address().clone(), Vec::new());
        self.0.command(to).await.map_err(|error| at(Stage::Recipient, &error))?;
        self.0.command(Data).await.map_err(|error| at(Stage::Letter, &error))?;
        self.0.message(bytes).await.map_err(|error| at(Stage::Letter, &error))?;
        Ok(())
    }

    /// Resets the connection after a refused letter, so that the next one can be sent. False if the server doesn't
    /// continue.
    pub async fn reset(&mut self) -> bool {
        matches!(timeout(CLOSING, self.0.command(Rset)).await, Ok(Ok(_)))
    }

    /// Closes the connection.
    pub async fn close(mut self) {
        // The server has all letters, so its answer does not matter.
        let _ = timeout(CLOSING, self.0.quit()).await;
    }
}

/// An answer of the server is about the letter; no answer, or one that closes the connection, is about the server.
fn at(stage: Stage, error: &lettre::transport::smtp::Error) -> Error {
    let stage = match error.status().map(u16::from) {
        Some(CLOSES) => Stage::Busy,
        Some(_) => stage,
        None => Stage::Connecting,
    };
    Error::of(stage, error)
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Connection(…)")
    }
}
