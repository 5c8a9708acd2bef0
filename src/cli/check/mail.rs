//! Checks mail: where it goes, and by a message, if an address is given.

use crate::check::{Finding, note, ok, wrong};
use crate::cli::mail::{Sent, send};
use crate::config::Config;
use crate::mail::{Recipient, Transport};

const MAIL: &str = "mail";

pub(super) async fn mail(config: &Config, to: Option<Recipient>) -> Finding {
    let Some(mail) = &config.mail else {
        return match to {
            None => note(
                MAIL,
                "none is sent: who forgets the password needs a link from an admin (`vestibule user reset-link`), and \
                 nobody is told of logins; see the setting `mail_transport`"
                    .to_owned(),
            ),
            Some(_) => wrong(MAIL, "no message was sent, since `mail_transport` is off; see docs/mail.md".to_owned()),
        };
    };
    match (to, &mail.transport) {
        (None, Transport::Smtp(server)) => ok(
            MAIL,
            format!("it goes to {}, from {}; `vestibule check --mail ADDRESS` tries it out", server.url, mail.sender),
        ),
        (None, Transport::Log) => note(MAIL, "it goes into the log, and nobody gets it".to_owned()),
        (Some(to), _) => match send(config, mail, to).await {
            Ok(Sent::Taken(says)) => ok(MAIL, says),
            Ok(Sent::Written(_)) => note(MAIL, "no message was sent: mail goes into the log".to_owned()),
            Err(error) => wrong(MAIL, error.to_string()),
        },
    }
}
