//! A conversation with the server that takes our mail (RFC 5321): encrypted, logged in, and good for many letters.

use std::time::Duration;

use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail as MailFrom, Rcpt, Rset};
use lettre::transport::smtp::extension::ClientId;
use tokio::time::timeout;

use super::{Error, Letter, Security, Sender, SmtpUrl, Stage, Trust};

/// How long it may take until letters are taken.
const OPENING: Duration = Duration::from_secs(30);

/// How long a letter may take. RFC 5321, 4.5.3.2, has more patience, with a worker for each letter in mind.
const SENDING: Duration = Duration::from_secs(120);

/// How long the end of a conversation may take.
const CLOSING: Duration = Duration::from_secs(2);

/// The reply of a server that closes the connection (RFC 5321, 3.8).
const CLOSES: u16 = 421;

/// The server, and what it takes to be believed there.
#[derive(Debug, Clone)]
pub struct Server {
    /// Where it is, and who we are there.
    pub url: SmtpUrl,
    /// Whose certificates are believed.
    pub trust: Trust,
    /// The name of this machine, as others know it; none: its address is said instead.
    pub own_name: Option<String>,
}

/// An open conversation.
pub struct Connection(AsyncSmtpConnection);

impl Server {
    /// Connects, encrypts as `smtp_url` says, and logs in.
    ///
    /// # Errors
    /// At which point it failed, and what was said.
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
    /// Hands a letter over. After an error that is not of the letter the conversation is over.
    ///
    /// # Errors
    /// At which point it failed, and what was said.
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

    /// Forgets a letter that was refused, so that the next one can be handed over. False when the server goes on no more.
    pub async fn reset(&mut self) -> bool {
        matches!(timeout(CLOSING, self.0.command(Rset)).await, Ok(Ok(_)))
    }

    /// Ends the conversation.
    pub async fn close(mut self) {
        // It has all letters; whether it answers does not matter.
        let _ = timeout(CLOSING, self.0.quit()).await;
    }
}

/// What the server answered is about the letter; that it answered nothing, or closes the connection, is about the server.
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
