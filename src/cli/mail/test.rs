//! `vestibule mail test`: sends a message at once, without the queue. It needs no database.

use std::time::SystemTime;

use super::super::error::Error;
use super::super::output::{plain, print, say};
use crate::accounts::names::EmailAddress;
use crate::config::Config;
use crate::db;
use crate::mail::{Facts, Letter, Mail, Post, Recipient, Transport};
use crate::texts;

/// The name of its template.
const TEXT: &str = "test";

/// What became of a message.
pub(in crate::cli) enum Sent {
    /// The mail server has taken it, in words.
    Taken(String),
    /// It would go into the log, as this text.
    Written(Vec<u8>),
}

pub(super) async fn run(address: &str) -> Result<(), Error> {
    let to = recipient(address)?;
    let config = Config::load()?;
    let Some(mail) = &config.mail else {
        return Err(Error::Failed(
            "mail is off: set `mail_transport` to smtp (VESTIBULE_MAIL_TRANSPORT=smtp), and `mail_from` and `smtp_url` \
             with it; docs/mail.md has the settings for common providers"
                .to_owned(),
        ));
    };
    match send(&config, mail, to).await? {
        Sent::Taken(says) => {
            say(&says);
            Ok(())
        }
        Sent::Written(bytes) => {
            say(
                "No mail is sent, since `mail_transport` is log: a running server writes it into its log. The message:",
            );
            print(String::from_utf8_lossy(&bytes).trim_end())
        }
    }
}

/// An address that was typed, as mail takes it.
pub(in crate::cli) fn recipient(address: &str) -> Result<Recipient, Error> {
    let email = EmailAddress::parse(address).map_err(|error| Error::Usage(error.to_string()))?;
    Recipient::parse(&email.for_mail()).map_err(|error| Error::Usage(format!("{}: {error}", plain(address))))
}

/// Sends a test message.
pub(in crate::cli) async fn send(config: &Config, mail: &Mail, to: Recipient) -> Result<Sent, Error> {
    let letter = letter(config, mail, to)?;
    let Transport::Smtp(server) = &mail.transport else {
        let bytes = letter.to_bytes(&mail.sender).map_err(|error| Error::Failed(error.to_string()))?;
        return Ok(Sent::Written(bytes));
    };
    let mut post = Post::new(mail.transport.clone(), mail.sender.clone());
    if let Err(error) = post.send(&letter).await {
        let said = plain(&error.to_string());
        let advice = mail.transport.advice(&error);
        return Err(Error::Failed(format!("{} did not take the message: {said}\nNext: {advice}.", server.url)));
    }
    post.rest().await;
    Ok(Sent::Taken(format!(
        "{} took the message from {} for {}. If it does not arrive, look into the folder for spam, then into the log of \
         that server.",
        server.url, mail.sender, letter.to
    )))
}

fn letter(config: &Config, mail: &Mail, to: Recipient) -> Result<Letter, Error> {
    let facts =
        Facts { site: config.origins.front_door(config.port), at: texts::moment(db::now()), ..Facts::default() };
    let text = mail.texts.write(TEXT, &facts).map_err(Error::Failed)?;
    Ok(Letter { id: db::new_id(), to, written: SystemTime::now(), text })
}
