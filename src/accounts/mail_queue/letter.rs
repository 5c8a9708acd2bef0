//! Puts letters into the queue and reads them. They are encrypted, since some kinds of letters may have links that let
//! the reader in.

use std::time::SystemTime;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::given_up::DAY;
use super::outbox::Open;
use crate::accounts::sealed;
use crate::accounts::work::Work;
use crate::config::SecretKey;
use crate::db::{self, schema::mail_queue};
use crate::mail::{Facts, Letter, Recipient, Text};

/// The purpose from which the encryption key of letters is derived.
const PURPOSE: &str = "mail queue";

#[derive(Serialize, Deserialize)]
struct Stored {
    subject: String,
    body: String,
}

/// Writes a letter in the transaction of the change that it reports; it is sent after the commit. If an operator's
/// template is broken, the change must not fail: the error is only logged. The owner of an account is told on their
/// pages when a letter about it could not be delivered.
pub(super) fn post(
    work: &mut Work<'_>,
    open: &std::sync::Arc<Open>,
    user_id: Option<&str>,
    kind: &str,
    to: &Recipient,
    facts: &Facts,
) -> db::Result<()> {
    let Text { subject, body } = match open.mail.texts.write(kind, facts) {
        Ok(text) => text,
        Err(error) => {
            tracing::error!(kind, error, "a letter was not written: its template can't be used");
            return Ok(());
        }
    };
    let (id, now) = (db::new_id(), db::now());
    let plain = serde_json::to_vec(&Stored { subject, body }).unwrap_or_default();
    let letter = sealed::seal(&open.key, PURPOSE, &id, &plain).expect("the operating system gives random bytes");
    diesel::insert_into(mail_queue::table)
        .values((
            mail_queue::id.eq(id),
            mail_queue::user_id.eq(user_id),
            mail_queue::kind.eq(kind),
            mail_queue::recipient.eq(to.to_string()),
            mail_queue::letter.eq(letter),
            mail_queue::created_at.eq(now),
            mail_queue::next_try_at.eq(now),
            mail_queue::give_up_at.eq(now + DAY),
            mail_queue::tries.eq(0),
        ))
        .execute(work.connection())?;
    let open = std::sync::Arc::clone(open);
    work.after_commit(move || open.wake.notify_one());
    Ok(())
}

/// Reads a letter; none if it was encrypted with another secret key.
pub(super) fn read(
    secret: &SecretKey,
    id: &str,
    recipient: &str,
    written: NaiveDateTime,
    letter: &str,
) -> Option<Letter> {
    let plain = sealed::open(secret, PURPOSE, id, letter)?;
    let Stored { subject, body } = serde_json::from_slice(&plain).ok()?;
    let to = Recipient::parse(recipient).ok()?;
    Some(Letter { id: id.to_owned(), to, written: SystemTime::from(written.and_utc()), text: Text { subject, body } })
}
