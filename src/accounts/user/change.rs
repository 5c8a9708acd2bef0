//! What makes, changes and removes accounts. Each function runs inside one writing transaction, with the audit
//! row of what it did.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::standing::{add_role, disable, enable};
use super::taken::{let_go, refuse_taken};
use super::{Account, Error, User, Which, email_change, get_account};
use crate::accounts::audit::{self, Event};
use crate::accounts::mail_queue::{self, Notice};
use crate::accounts::names::{DisplayName, EmailAddress, Username, canonical};
use crate::accounts::one_time_link::{self, Change};
use crate::accounts::session;
use crate::accounts::throttle;
use crate::accounts::user::role::RoleName;
use crate::accounts::version::Expected;
use crate::accounts::work::Work;
use crate::db::{self, schema::users};

/// An account to be made.
#[derive(Debug)]
pub struct NewUser {
    /// The name to log in by.
    pub username: Username,
    /// The name to be greeted by.
    pub display_name: DisplayName,
    /// Where mail goes.
    pub email: Option<EmailAddress>,
    /// Whether the address is known to be theirs: by a link that went there, or by the word of an admin or operator.
    pub is_email_confirmed: bool,
    /// What the person may do.
    pub roles: Vec<RoleName>,
    /// A hash of the password in a format that we verify.
    pub password_hash: String,
}

impl NewUser {
    /// The account as it will be.
    pub(super) fn account(&self, id: &str, now: NaiveDateTime) -> Account {
        let mut roles: Vec<String> = self.roles.iter().map(|role| role.as_str().to_owned()).collect();
        roles.sort();
        roles.dedup();
        let user = User {
            id: id.to_owned(),
            username: self.username.as_str().to_owned(),
            display_name: self.display_name.as_str().to_owned(),
            email: self.email.as_ref().map(|email| email.as_given().to_owned()),
            password_hash: Some(self.password_hash.clone()),
            password_set_at: Some(now),
            disabled_at: None,
            created_at: now,
            deletes_at: None,
            waits_for: None,
            email_confirmed_at: self.email_confirmed_at(now),
        };
        Account { user, roles }
    }

    fn email_confirmed_at(&self, now: NaiveDateTime) -> Option<NaiveDateTime> {
        (self.email.is_some() && self.is_email_confirmed).then_some(now)
    }
}

/// Makes an account.
pub(in crate::accounts) fn create(work: &mut Work<'_>, new: &NewUser) -> Result<Account, Error> {
    create_as(work, new, &db::new_id(), db::now())
}

/// The same, with an id and a time that someone was told already.
pub(super) fn create_as(work: &mut Work<'_>, new: &NewUser, id: &str, now: NaiveDateTime) -> Result<Account, Error> {
    let username = new.username.as_str();
    let email = new.email.as_ref();
    if let Some(email) = email.filter(|_| new.is_email_confirmed && work.outbox().is_open()) {
        let_go(work, email, "")?;
    }
    refuse_taken(work.connection(), &new.username, email)?;
    diesel::insert_into(users::table)
        .values((
            users::id.eq(id),
            users::username.eq(username),
            users::display_name.eq(new.display_name.as_str()),
            users::display_name_folded.eq(canonical(new.display_name.as_str())),
            users::email.eq(email.map(EmailAddress::as_given)),
            users::email_canonical.eq(email.map(EmailAddress::canonical)),
            users::password_hash.eq(&new.password_hash),
            users::password_set_at.eq(now),
            users::created_at.eq(now),
            users::email_confirmed_at.eq(new.email_confirmed_at(now)),
        ))
        .execute(work.connection())?;
    audit::record(work, Event::UserCreated, Some(id), Some(username))?;
    for role in &new.roles {
        add_role(work, id, role)?;
    }
    get_account(work.connection(), &Which::Id(id.to_owned()))
}

/// Gives an account another username; its sessions go on.
fn rename(work: &mut Work<'_>, user: &User, to: &Username) -> Result<(), Error> {
    if user.username == to.as_str() {
        return Ok(());
    }
    refuse_taken(work.connection(), to, None)?;
    diesel::update(users::table)
        .filter(users::id.eq(&user.id))
        .set(users::username.eq(to.as_str()))
        .execute(work.connection())?;
    let detail = format!("{} to {}", user.username, to.as_str());
    Ok(audit::record(work, Event::UserRenamed, Some(&user.id), Some(&detail))?)
}

/// What is to be different about an account; what is none stays.
#[derive(Debug, Default)]
pub struct Edit {
    /// Another username.
    pub username: Option<Username>,
    /// Another display name.
    pub display_name: Option<DisplayName>,
    /// Another address, or none.
    pub email: Option<Option<EmailAddress>>,
    /// Whether the account may log in.
    pub enabled: Option<bool>,
    /// What the account has to be like before.
    pub expected: Expected,
}

/// Changes what an account says about its owner, and whether it may log in. What is as wanted already is no event.
pub(super) fn edit(work: &mut Work<'_>, user: &User, edit: &Edit) -> Result<(), Error> {
    if let Some(username) = &edit.username {
        rename(work, user, username)?;
    }
    let this = users::table.filter(users::id.eq(&user.id));
    if let Some(name) = edit.display_name.as_ref().filter(|name| name.as_str() != user.display_name) {
        let names = (users::display_name.eq(name.as_str()), users::display_name_folded.eq(canonical(name.as_str())));
        diesel::update(this).set(names).execute(work.connection())?;
        audit::record(work, Event::UserChanged, Some(&user.id), Some("name"))?;
    }
    if let Some(email) = &edit.email {
        email_change::set(work, user, email.as_ref())?;
    }
    match edit.enabled {
        Some(true) => enable(work, user),
        Some(false) => disable(work, user),
        None => Ok(()),
    }
}

/// Gives an account another password; ends all its sessions, makes all browsers unknown, and its links worthless that end
/// with the password.
pub(in crate::accounts) fn replace_password(work: &mut Work<'_>, user: &User, hash: &str) -> Result<(), Error> {
    diesel::update(users::table)
        .filter(users::id.eq(&user.id))
        .set((users::password_hash.eq(hash), users::password_set_at.eq(db::now())))
        .execute(work.connection())?;
    audit::record(work, Event::PasswordSet, Some(&user.id), None)?;
    mail_queue::tell(work, user, &Notice::PasswordChanged)?;
    end_logins(work, user, Change::Password)
}

/// Takes the password of an account away, because somebody else knows it, with all that [`replace_password`] ends. A login
/// that is being checked at this moment does not succeed either.
pub(in crate::accounts) fn remove_password(work: &mut Work<'_>, user: &User) -> Result<(), Error> {
    diesel::update(users::table)
        .filter(users::id.eq(&user.id))
        .set((users::password_hash.eq(None::<String>), users::password_set_at.eq(db::now())))
        .execute(work.connection())?;
    end_logins(work, user, Change::NotMe)
}

fn end_logins(work: &mut Work<'_>, user: &User, change: Change) -> Result<(), Error> {
    session::end_all_of(work, &user.id)?;
    throttle::forget_devices(work, &user.id)?;
    one_time_link::void(work, &user.id, change)?;
    Ok(())
}

/// Replaces a hash by one of today's cost, unless the password was changed in between.
pub(in crate::accounts) fn replace_outdated_hash(work: &mut Work<'_>, user: &User, hash: &str) -> db::Result<()> {
    diesel::update(users::table)
        .filter(users::id.eq(&user.id))
        .filter(users::password_hash.eq(&user.password_hash))
        .set(users::password_hash.eq(hash))
        .execute(work.connection())?;
    Ok(())
}
