//! An address that someone has asked for, and that waits to be confirmed.
//!
//! Whether it is free or belongs to another account makes no difference to whoever asks: the same rows are written, and
//! one letter. Where it is taken, the letter goes to its owner and has no link, and nobody has the token.

use super::super::taken::{self, Owner};
use crate::accounts::Accounts;
use crate::accounts::audit::{self, Event, Source};
use crate::accounts::mail_queue::{self, Request};
use crate::accounts::names::EmailAddress;
use crate::accounts::one_time_link::{self, Bound, Purpose};
use crate::accounts::user::import::reserved;
use crate::accounts::user::{self, User};
use crate::accounts::work::Work;
use crate::db;
use chrono::{Duration, NaiveDateTime};

/// For how many minutes the link works.
const MINUTES: i64 = 60;

/// An address that waits to be confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// As it was given.
    pub email: String,
    /// Until when its link works, in UTC.
    pub expires_at: NaiveDateTime,
}

/// Asks for an address, in place of one that was asked for before.
pub(super) fn ask(work: &mut Work<'_>, user: &User, address: &EmailAddress) -> Result<(), user::Error> {
    let owner = taken::owner(work.connection(), address.canonical(), &user.id)?;
    let is_reserved = reserved::is_reserved(work.connection(), address.canonical())?;
    let bound = Bound { subject: user.id.clone(), address: Some(address.as_given().to_owned()) };
    let expires_at = db::now() + Duration::minutes(MINUTES);
    let token = one_time_link::issue(work, Purpose::ConfirmEmail, &bound, expires_at)?;
    audit::record(work, Event::EmailChangeAsked, Some(&user.id), None)?;
    let request = match owner {
        // Who had the address as a name before an import is mailed where they are now.
        Some(Owner { username, email }) => match email.and_then(|stored| EmailAddress::parse(&stored).ok()) {
            Some(stored) => return Ok(mail_queue::ask(work, &stored, &Request::EmailTaken { owner: Some(username) })?),
            None => Request::EmailTaken { owner: None },
        },
        None if is_reserved => Request::EmailTaken { owner: None },
        None => Request::ConfirmEmail { username: user.username.clone(), token },
    };
    Ok(mail_queue::ask(work, address, &request)?)
}

/// The address that someone's account waits for.
///
/// # Errors
/// When the database does not answer.
pub async fn pending(accounts: &Accounts, user_id: &str) -> db::Result<Option<Asked>> {
    let id = user_id.to_owned();
    let found = accounts.read(move |connection| one_time_link::waiting(connection, Purpose::ConfirmEmail, &id)).await?;
    Ok(found.and_then(|(bound, expires_at)| Some(Asked { email: bound.address?, expires_at })))
}

/// Lets the account wait for no address any more, as its owner wants it; nothing happens when it does not.
///
/// # Errors
/// When whoever wants it has lost the right to, and when the database does not answer.
pub async fn cancel(accounts: &Accounts, source: &Source, user_id: &str) -> Result<(), user::Error> {
    let id = user_id.to_owned();
    let cancel = move |work: &mut Work<'_>| -> Result<(), user::Error> {
        if one_time_link::cancel(work, Purpose::ConfirmEmail, &id)? {
            audit::record(work, Event::EmailChangeCancelled, Some(&id), None)?;
        }
        Ok(())
    };
    accounts.write(source, cancel).await
}

#[cfg(test)]
mod tests {
    use diesel::prelude::*;

    use super::*;
    use crate::accounts::recognised::Recognised;
    use crate::db::schema::users;
    use crate::db::tests::{insert_user, listen, temporary};

    #[test]
    fn a_free_and_a_taken_address_cost_the_same_queries() {
        let (_folder, db) = temporary();
        let story = |work: &mut Work<'_>| -> Result<(), user::Error> {
            let [ann, zoe] = ["ann", "zoe"].map(|name| insert_user(work.connection(), name));
            let taken = EmailAddress::parse("ann@example.com").unwrap();
            diesel::update(users::table.filter(users::id.eq(&ann)))
                .set((
                    users::email.eq(taken.as_given()),
                    users::email_canonical.eq(taken.canonical()),
                    users::email_confirmed_at.eq(db::now()),
                ))
                .execute(work.connection())?;
            let zoe = user::find(work.connection(), &zoe)?.expect("she is there");
            let free = EmailAddress::parse("zoe@example.com").unwrap();
            let [of_free, of_taken] = [&free, &taken].map(|address| {
                let asked = listen(work.connection());
                ask(work, &zoe, address).unwrap();
                std::mem::take(&mut *asked.lock().unwrap())
            });
            assert!(of_free.len() >= 5 && of_free == of_taken, "{of_free:#?} {of_taken:#?}");
            Ok(())
        };
        Work::run(&db, &Recognised::new(), Source::operator(), story).unwrap();
    }
}
