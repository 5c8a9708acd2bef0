//! How letters are sent: to a server, or into the log.

use super::{Connection, Error, Letter, Sender, Server};

/// How letters are sent.
#[derive(Debug, Clone)]
pub enum Transport {
    /// To a server that takes our mail.
    Smtp(Box<Server>),
    /// Into the log, for trying out.
    Log,
}

impl Transport {
    /// What an operator can do about an error.
    pub fn advice(&self, error: &Error) -> String {
        match self {
            Transport::Smtp(server) => error.advice(&server.url),
            Transport::Log => String::new(),
        }
    }
}

/// Sends letters one after the other, over the same connection as long as it works.
#[derive(Debug)]
pub struct Post {
    transport: Transport,
    sender: Sender,
    connection: Option<Connection>,
}

impl Post {
    /// A sender without a connection yet.
    pub fn new(transport: Transport, sender: Sender) -> Post {
        Post { transport, sender, connection: None }
    }

    /// Sends a letter.
    ///
    /// # Errors
    /// Why it was not sent, as far as that is known: a server that stopped answering may have accepted it.
    pub async fn send(&mut self, letter: &Letter) -> Result<(), Error> {
        match &self.transport {
            Transport::Smtp(server) => {
                // A connection that was used before may have been closed since, or have reached a limit of the server:
                // then a new one is tried.
                if let Some(connection) = self.connection.take() {
                    let (sent, connection) = send_over(connection, &self.sender, letter).await;
                    self.connection = connection;
                    if sent.as_ref().err().is_none_or(Error::is_of_the_letter) {
                        return sent;
                    }
                }
                let (sent, connection) = send_over(server.connect().await?, &self.sender, letter).await;
                self.connection = connection;
                sent?;
            }
            Transport::Log => {
                let (subject, text) = (&letter.text.subject, &letter.text.body);
                tracing::info!(target: "mail", to = %letter.to, id = letter.id, subject, text);
            }
        }
        Ok(())
    }

    /// Checks whether the server can be used.
    ///
    /// # Errors
    /// Why not.
    pub async fn try_out(&mut self) -> Result<(), Error> {
        if let (Transport::Smtp(server), None) = (&self.transport, &self.connection) {
            self.connection = Some(server.connect().await?);
        }
        Ok(())
    }

    /// Closes the connection, if there is one.
    pub async fn rest(&mut self) {
        if let Some(connection) = self.connection.take() {
            connection.close().await;
        }
    }
}

/// Sends a letter over a connection. Returns the connection too, if it can be used again.
async fn send_over(
    mut connection: Connection,
    sender: &Sender,
    letter: &Letter,
) -> (Result<(), Error>, Option<Connection>) {
    let sent = connection.send(sender, letter).await;
    let goes_on = match &sent {
        Ok(()) => true,
        Err(error) => error.is_of_the_letter() && connection.reset().await,
    };
    (sent, goes_on.then_some(connection))
}
