//! A row about an account of another program: read as texts by the command line, and validated here.

use serde_json::Value;

use super::moment;
use super::names::{Given, Names};
use crate::accounts::names::{DisplayName, EmailAddress, Username};
use crate::accounts::user::WaitsFor;
use crate::accounts::user::data::UserData;
use crate::accounts::user::role::RoleName;

/// A row as it is in the file. A value is none or empty if the file does not give it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// Where it is in the file, from 1: the line, or the number of the row in a table.
    pub line: u64,
    /// The name to log in with, in any spelling.
    pub username: Option<String>,
    /// Another name to log in with; only exports have it.
    pub former_name: Option<String>,
    /// The address.
    pub email: Option<String>,
    /// Whether its owner has confirmed it: true, false, yes, no, 1, 0, or since when. Empty: the file has such a column, and
    /// nothing in it for this one, so it is not.
    pub email_confirmed: Option<String>,
    /// The name to show.
    pub name: Option<String>,
    /// A stored hash; or the password itself, if the rules say so.
    pub password: Option<String>,
    /// The id of the account in the other program. A UUID is kept.
    pub id: Option<String>,
    /// Names of roles.
    pub roles: Vec<String>,
    /// Whether the account may log in: true, false, yes, no, 1, 0.
    pub active: Option<String>,
    /// What the account waits for before anyone may log in; only exports have it.
    pub waits_for: Option<String>,
    /// When the account was made.
    pub created: Option<String>,
    /// When the account will be removed, as its owner requested.
    pub deletes_at: Option<String>,
    /// Data that an app keeps for the user.
    pub data: Option<Value>,
}

/// Why a row can't be imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct Wrong {
    /// Where it is in the file.
    pub line: u64,
    /// What is wrong with it, and what to do.
    pub why: String,
}

impl Wrong {
    /// An error about a row.
    pub fn new(line: u64, why: impl Into<String>) -> Wrong {
        Wrong { line, why: why.into() }
    }
}

/// A validated row, without its password, which `password` handles.
#[derive(Debug, Clone)]
pub(super) struct Decided {
    pub line: u64,
    pub id: Option<String>,
    pub username: Option<Username>,
    /// What a username is made from when there is none.
    pub username_from: Option<Username>,
    pub former_name: Option<String>,
    /// The canonical address that was given as the username, if no other column has it.
    pub unproven: Option<String>,
    pub display_name: DisplayName,
    pub is_named: bool,
    pub email: Option<EmailAddress>,
    pub is_email_confirmed: bool,
    pub roles: Vec<RoleName>,
    pub is_enabled: Option<bool>,
    pub waits_for: Option<WaitsFor>,
    pub created_at: Option<chrono::NaiveDateTime>,
    pub deletes_at: Option<chrono::NaiveDateTime>,
    pub data: Option<String>,
}

/// Validates a row.
pub(super) fn decide(row: Row) -> Result<Decided, Wrong> {
    let line = row.line;
    let wrong = |why: String| Wrong::new(line, why);
    let email = told(&row.email).map(|text| {
        EmailAddress::parse(text).map_err(|_| wrong(format!("{text:?} is no email address like name@example.com")))
    });
    let given = Given {
        username: told(&row.username),
        former: told(&row.former_name),
        name: told(&row.name),
        email: email.transpose()?,
    };
    let names = Names::new(given).map_err(wrong)?;
    let roles = row.roles.iter().map(|role| role.trim()).filter(|role| !role.is_empty()).map(|role| {
        let name = role.split_whitespace().collect::<Vec<_>>().join("-");
        RoleName::parse(&name).map_err(|error| wrong(format!("{role:?} is no role. {error}")))
    });
    let mut roles: Vec<RoleName> = roles.collect::<Result<_, _>>()?;
    roles.sort_by(|one, other| one.as_str().cmp(other.as_str()));
    roles.dedup();
    let moment = |text: &Option<String>| {
        let parse =
            |text: &str| moment::parse(text).ok_or_else(|| wrong(format!("{text:?} is no moment. {}", moment::FORM)));
        told(text).map(parse).transpose()
    };
    let is_enabled = told(&row.active).map(|text| {
        truth(text)
            .ok_or_else(|| wrong(format!("{text:?} does not tell whether the account is active: use true or false")))
    });
    let is_email_confirmed = row.email_confirmed.as_deref().map(str::trim).map(|text| {
        Some(text)
            .filter(|text| !text.is_empty())
            .map_or(Some(false), |text| truth(text).or_else(|| is_moment(text).then_some(true)))
            .ok_or_else(|| {
                wrong(format!("{text:?} does not tell whether the address is confirmed: use true, false or since when"))
            })
    });
    let waits_for = told(&row.waits_for).map(|text| {
        WaitsFor::parse(text).ok_or_else(|| wrong(format!("an account can't wait for {text:?}, only for \"approval\"")))
    });
    let data = row.data.map(|value| UserData::new(value).map_err(|error| wrong(error.to_string()))).transpose()?;
    Ok(Decided {
        line,
        id: told(&row.id).and_then(|text| uuid::Uuid::parse_str(text).ok()).map(|id| id.to_string()),
        is_named: told(&row.name).is_some(),
        roles,
        is_enabled: is_enabled.transpose()?,
        is_email_confirmed: is_email_confirmed.transpose()?.unwrap_or(true),
        waits_for: waits_for.transpose()?,
        created_at: moment(&row.created)?,
        deletes_at: moment(&row.deletes_at)?,
        data: data.map(|data| data.into_value().to_string()),
        username: names.username,
        username_from: names.username_from,
        former_name: names.former,
        unproven: names.unproven,
        display_name: names.display,
        email: names.email,
    })
}

/// A text that is not empty.
fn told(text: &Option<String>) -> Option<&str> {
    text.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

/// Whether something happened at a time that is told, perhaps in milliseconds since 1970.
fn is_moment(text: &str) -> bool {
    /// A year of seconds: what is less says something else.
    const LEAST: i64 = 31_536_000;
    match text.parse::<i64>() {
        Ok(number) => number >= LEAST,
        Err(_) => moment::parse(text).is_some(),
    }
}

fn truth(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "t" | "yes" | "y" | "1" | "on" | "active" | "enabled" => Some(true),
        "false" | "f" | "no" | "n" | "0" | "off" | "inactive" | "disabled" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(username: &str, email: &str) -> Row {
        let told = |text: &str| Some(text.to_owned());
        Row { line: 7, username: told(username), email: told(email), ..Row::default() }
    }

    #[test]
    fn a_wrong_row_says_why() {
        let why = |change: fn(&mut Row)| {
            let mut row = row("roy", "");
            change(&mut row);
            decide(row).unwrap_err().to_string()
        };
        assert_eq!(
            decide(row(" ", "")).unwrap_err().to_string(),
            "line 7: there is neither a username nor an email address"
        );
        assert_eq!(
            why(|row| row.email = Some("nonsense".into())),
            "line 7: \"nonsense\" is no email address like name@example.com"
        );
        assert!(why(|row| row.roles = vec!["1st".into()]).contains("\"1st\" is no role. A role has"));
        assert!(why(|row| row.active = Some("maybe".into())).ends_with("use true or false"));
        assert!(why(|row| row.created = Some("yesterday".into())).contains("is no moment"));
        assert!(why(|row| row.data = Some("x".repeat(20_000).into())).contains("too large"));
        assert!(why(|row| row.username = Some("a\u{202e}b".into())).contains("no name to log in by"));
    }

    #[test]
    fn what_can_be_put_right_is() {
        let mut long = row("roy", "");
        long.name = Some(format!("A\u{202e}B{}", "x".repeat(100)));
        long.roles = vec!["Content Editors".into(), "ADMIN".into(), "admin".into(), " ".into()];
        long.id = Some("42".into());
        let decided = decide(long).unwrap();
        assert_eq!(decided.display_name.as_str().chars().count(), 60);
        assert!(decided.display_name.as_str().starts_with("ABx"));
        assert_eq!(decided.roles.iter().map(RoleName::as_str).collect::<Vec<_>>(), ["admin", "content-editors"]);
        assert_eq!(decided.id, None, "a counter is no id of ours");
        let id = "0191E5A0-0000-7000-8000-0000000000AB";
        let decided = decide(Row { id: Some(id.into()), ..row("roy", "") }).unwrap();
        assert_eq!(decided.id, Some(id.to_lowercase()));
    }
}
