//! What was spent of an account's attempts at its password, in words.

use serde_json::{Value, json};

use crate::accounts::Accounts;
use crate::accounts::throttle::{self, Row, Who};
use crate::db;
use crate::texts::Message;
use crate::web::error::Error;
use crate::web::page::When;

/// The budgets of an account that were drawn on; those of which all has come back are left out.
pub async fn of(accounts: &Accounts, id: &str) -> Result<Vec<Value>, Error> {
    let rows = throttle::of_account(accounts, id).await?;
    let drawn_on = rows.iter().map(|row| (row.level(&accounts.limits), row)).filter(|(spent, _)| *spent > 0);
    Ok(drawn_on.map(|(spent, row)| budget(spent, row)).collect())
}

fn budget(spent: i64, row: &Row) -> Value {
    let has_to_wait = row.spent.next_at > db::now();
    json!({
        "who": Message::new(who(row.who)),
        "spent": spent,
        "day": row.spent.day_count,
        "next": has_to_wait.then(|| When::from(row.spent.next_at)),
    })
}

fn who(who: Who) -> &'static str {
    match who {
        Who::Strangers => "admin-users-attempts-strangers",
        Who::Browser => "admin-users-attempts-browser",
        Who::Program => "admin-users-attempts-program",
        Who::SignedIn => "admin-users-attempts-signed-in",
        Who::Resets => "admin-users-attempts-resets",
    }
}
