//! What operators see and forget of the budgets.

use diesel::prelude::*;

use super::store::{clear, columns, spent};
use super::{Limits, Spent, Subject};
use crate::accounts::Accounts;
use crate::accounts::audit::{self, Event, Source};
use crate::accounts::login::device::DeviceKind;
use crate::accounts::user::{self, Which};
use crate::accounts::work::Work;
use crate::db::{self, DbConnection, schema::devices, schema::throttles, schema::users};

/// A budget that has been drawn on.
#[derive(Debug, Clone)]
pub struct Row {
    /// The key: see [`Subject`].
    pub subject: String,
    /// The username of the account that was tried; none for a name that nobody has.
    pub username: Option<String>,
    /// Who tries.
    pub who: Who,
    /// What was spent.
    pub spent: Spent,
}

/// Who tries passwords.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Anyone that the account does not know.
    Strangers,
    /// A browser that someone has logged in with before.
    Browser,
    /// A program that someone has logged in with before.
    Program,
    /// Whoever is signed in and confirms it.
    SignedIn,
    /// Whoever asks for a link for a new password, or signs up.
    Resets,
}

impl Row {
    /// How many attempts are spent now.
    pub fn level(&self, limits: &Limits) -> i64 {
        let budget = match self.who {
            Who::Strangers => &limits.account,
            Who::Browser | Who::Program => &limits.device,
            Who::SignedIn => &limits.signed_in,
            Who::Resets => &limits.resets,
        };
        budget.level(self.spent.spent_until, db::now())
    }
}

#[diesel::declare_sql_function]
extern "SQL" {
    fn substr(text: diesel::sql_types::Text, from: diesel::sql_types::Integer) -> diesel::sql_types::Text;
}

/// A page of the rows, by subject: those after the one of this subject, `most` of them at most; of those whose subject or
/// username has this text in it, when one is given.
///
/// # Errors
/// When the database does not answer.
pub async fn page(accounts: &Accounts, text: Option<String>, after: Option<String>, most: u32) -> db::Result<Vec<Row>> {
    let list = move |connection: &mut DbConnection| {
        // What stands behind the colon is the id of an account, or of a device that has one.
        let [account, signed_in, resets, device] = ["user:", "signed-in:", "reset:", "device:"];
        let behind = |kind: &str| substr(throttles::subject, kind.len() as i32 + 1);
        let is = |kind: &str| throttles::subject.like(format!("{kind}%"));
        let device = devices::table.on(is(device).and(devices::id.eq(behind(device))));
        let owner = users::table.on((users::id.nullable().eq(devices::user_id.nullable()))
            .or(is(account).and(users::id.eq(behind(account))))
            .or(is(signed_in).and(users::id.eq(behind(signed_in))))
            .or(is(resets).and(users::id.eq(behind(resets)))));
        let mut query = throttles::table
            .left_join(device)
            .left_join(owner)
            .order(throttles::subject)
            .limit(most.into())
            .select((throttles::subject, users::username.nullable(), devices::kind.nullable(), columns()))
            .into_boxed();
        if let Some(after) = after {
            query = query.filter(throttles::subject.gt(after));
        }
        if let Some(text) = text {
            let pattern = user::pattern(&text);
            let subject = throttles::subject.like(pattern.clone()).escape('\\');
            let username = users::username.like(pattern).escape('\\');
            query = query.filter(subject.or(users::id.is_not_null().and(username)));
        }
        let rows: Vec<(String, Option<String>, Option<String>, _)> = query.load(connection)?;
        let rows = rows.into_iter().map(|(subject, username, kind, columns)| {
            let who = who(&subject, kind.as_deref());
            Row { subject, username, who, spent: spent(columns) }
        });
        Ok(rows.collect())
    };
    accounts.read(list).await
}

/// The rows of one account: of strangers who try its password, of its owner who confirms with it, and of the browsers
/// and programs that it knows.
///
/// # Errors
/// When the database does not answer.
pub async fn of_account(accounts: &Accounts, user_id: &str) -> db::Result<Vec<Row>> {
    let user_id = user_id.to_owned();
    let list = move |connection: &mut DbConnection| -> db::Result<Vec<Row>> {
        let known: Vec<(String, String)> = devices::table
            .filter(devices::user_id.eq(&user_id))
            .select((devices::id, devices::kind))
            .load(connection)?;
        let own = [Subject::Account, Subject::SignedIn, Subject::ResetsOf];
        let own = own.map(|kind| (kind(user_id.clone()), None));
        let devices = known.into_iter().map(|(id, kind)| (Subject::Device(id), Some(kind)));
        let kinds: Vec<(String, Option<String>)> =
            own.into_iter().chain(devices).map(|(subject, kind)| (subject.to_string(), kind)).collect();
        let rows: Vec<(String, _)> = throttles::table
            .filter(throttles::subject.eq_any(kinds.iter().map(|(subject, _)| subject)))
            .order(throttles::subject.desc())
            .select((throttles::subject, columns()))
            .load(connection)?;
        let rows = rows.into_iter().map(|(subject, columns)| {
            let kind = kinds.iter().find(|(known, _)| *known == subject).and_then(|(_, kind)| kind.as_deref());
            Row { who: who(&subject, kind), username: None, spent: spent(columns), subject }
        });
        Ok(rows.collect())
    };
    accounts.read(list).await
}

fn who(subject: &str, kind: Option<&str>) -> Who {
    match Subject::parse(subject) {
        Some(Subject::Device(_)) if kind == Some(DeviceKind::Program.as_str()) => Who::Program,
        Some(Subject::Device(_)) => Who::Browser,
        Some(Subject::SignedIn(_)) => Who::SignedIn,
        Some(Subject::ResetsOf(_) | Subject::ResetsTo(_) | Subject::SignUpsTo(_)) => Who::Resets,
        Some(Subject::Account(_) | Subject::Nobody(_) | Subject::SignUp(_)) | None => Who::Strangers,
    }
}

/// Forgets what was spent on an account, by everyone and by its own devices, or all that was spent. Answers how many
/// rows went.
///
/// # Errors
/// [`user::Error::NotFound`] when there is no such user, [`user::Error::Revoked`], and when the database does not answer.
pub async fn forget(accounts: &Accounts, source: &Source, whose: Option<Which>) -> Result<usize, user::Error> {
    let owned = accounts.clone();
    let forget = move |work: &mut Work<'_>| {
        work.demand_admin()?;
        let user = whose.map(|which| user::get(work.connection(), &which)).transpose()?;
        let count = match &user {
            Some(user) => {
                let digest = user.email.as_deref().map(|email| owned.name_digest(email));
                let of_address =
                    digest.map(|digest| vec![Subject::ResetsTo(digest.clone()), Subject::SignUpsTo(digest)]);
                clear(work, &user.id, of_address.unwrap_or_default())?
            }
            None => diesel::delete(throttles::table).execute(work.connection())?,
        };
        let target = user.as_ref().map(|user| user.id.as_str());
        audit::record(work, Event::ThrottleCleared, target, Some(&format!("{count} forgotten")))?;
        Ok(count)
    };
    accounts.write(source, forget).await
}
