//! A sign-up where mail is sent: it waits for the link that went to its address, and then there is the account.
//!
//! Whether an account has the address already makes no difference to whoever signs up: the same rows are written, and one
//! letter. Where it is taken, the letter goes to its owner and has no link, and nobody has the token.

use super::hashed::Hashed;
use super::pending;
use crate::accounts::Accounts;
use crate::accounts::audit::{self, Event};
use crate::accounts::mail_queue::{self, Request};
use crate::accounts::names::EmailAddress;
use crate::accounts::one_time_link::{self, Bound, Purpose};
use crate::accounts::throttle::{self, Subject};
use crate::accounts::user::{self, Owner};
use crate::accounts::work::Work;
use crate::db;

/// Lets a sign-up wait, and sends a letter to the owner of the address, unless it has had many. The invitation is given by
/// its id.
///
/// # Errors
/// [`user::Error::UsernameTaken`]: that is no secret, since the person has to choose another one.
pub(super) fn ask(
    work: &mut Work<'_>,
    accounts: &Accounts,
    new: Hashed,
    email: &EmailAddress,
    invitation: Option<String>,
) -> Result<(), user::Error> {
    let pending = new.into_pending(work, email, invitation)?;
    let owner = user::owner(work.connection(), email.canonical(), "")?;
    let is_reserved = user::is_reserved(work.connection(), email)?;
    pending::add(work, &pending)?;
    let bound = Bound { subject: pending.id, address: Some(pending.email) };
    let token = one_time_link::issue(work, Purpose::SignUp, &bound, pending.expires_at)?;
    audit::record(work, Event::SignUpAsked, None, Some(&pending.username))?;
    let (to, request) = match owner {
        // Who had the address as a name before an import is mailed where they are now.
        Some(Owner { username, email: stored }) => match stored.and_then(|stored| EmailAddress::parse(&stored).ok()) {
            Some(stored) => (stored, Request::SignUpTaken { owner: Some(username) }),
            None => (email.clone(), Request::SignUpTaken { owner: None }),
        },
        None if is_reserved => (email.clone(), Request::SignUpTaken { owner: None }),
        None => (email.clone(), Request::SignUp { username: pending.username, token }),
    };
    Ok(send(work, accounts, &to, &request)?)
}

/// Strangers enter addresses of others, who get so many letters as about links for a new password. Past them nothing is
/// sent, and nobody is told: who waits for a letter that was left out signs up again later.
fn send(work: &mut Work<'_>, accounts: &Accounts, to: &EmailAddress, request: &Request) -> db::Result<()> {
    let subject = Subject::SignUpsTo(accounts.name_digest(to.canonical()));
    accounts.room.keep(work, &accounts.limits)?;
    if throttle::reserve(work, &subject, &accounts.limits)?.is_err() {
        tracing::debug!("a letter about a sign-up was left out: the address has had many");
        return Ok(());
    }
    mail_queue::ask(work, to, request)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::names::Username;
    use crate::accounts::recognised::Recognised;
    use crate::accounts::source::Source;
    use crate::accounts::user::NewUser;
    use crate::config::SecretKey;
    use crate::db::tests::{listen, temporary};

    #[test]
    fn a_free_and_a_taken_address_cost_the_same_queries() {
        let (_folder, db) = temporary();
        let config = crate::config::tests::with_a_key();
        let key = SecretKey::load(&config).unwrap().unwrap();
        let accounts = Accounts::new(&config, db.clone(), key);
        let story = |work: &mut Work<'_>| -> Result<(), user::Error> {
            let [free, taken] =
                ["free@example.com", "taken@example.com"].map(|text| EmailAddress::parse(text).unwrap());
            let name = Username::parse("ann").unwrap();
            let ann = NewUser {
                display_name: crate::accounts::names::DisplayName::of(&name),
                username: name,
                email: Some(taken.clone()),
                is_email_confirmed: true,
                roles: Vec::new(),
                password_hash: String::new(),
            };
            user::create(work, &ann)?;
            // The rows are counted at the first letter and then now and then, whatever the address is.
            accounts.room.keep(work, &accounts.limits).unwrap();
            let [of_free, of_taken] = [(&free, "bob"), (&taken, "cat")].map(|(address, name)| {
                let new = Hashed::for_tests(Username::parse(name).unwrap(), address);
                let asked = listen(work.connection());
                ask(work, &accounts, new, address, None).unwrap();
                std::mem::take(&mut *asked.lock().unwrap())
            });
            assert!(of_free.len() >= 8 && of_free == of_taken, "{of_free:#?} {of_taken:#?}");
            Ok(())
        };
        Work::run(&db, &Recognised::new(), Source::operator(), story).unwrap();
    }
}
