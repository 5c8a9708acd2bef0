//! What one row of another program says about an account: read by the doors as texts, and decided here.

use serde_json::Value;

use super::moment;
use crate::accounts::names::{DisplayName, EmailAddress, Username, canonical, is_forbidden};
use crate::accounts::user::data::UserData;
use crate::accounts::user::role::RoleName;

/// The most bytes of a former name: as many as an address may have.
const LONGEST_FORMER_NAME: usize = EmailAddress::MAX;

/// A row as it stands in the file. What is none, or empty, the file does not tell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// Where it is in the file, from 1: a line, or the place in a table.
    pub line: u64,
    /// The name to log in by, in any spelling.
    pub username: Option<String>,
    /// Another spelling to log in by, which an export tells.
    pub former_name: Option<String>,
    /// The address.
    pub email: Option<String>,
    /// The name to be greeted by.
    pub name: Option<String>,
    /// A stored hash; or the password itself, if the rules say so.
    pub password: Option<String>,
    /// The id that the other program knows the account by. A UUID is kept.
    pub id: Option<String>,
    /// Names of roles.
    pub roles: Vec<String>,
    /// Whether the account may log in: true, false, yes, no, 1, 0.
    pub active: Option<String>,
    /// When the account was made.
    pub created: Option<String>,
    /// When the account will be removed, as its owner wants it.
    pub deletes_at: Option<String>,
    /// What an app keeps for them.
    pub data: Option<Value>,
}

/// Why a row is no account.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {why}")]
pub struct Wrong {
    /// Where it is in the file.
    pub line: u64,
    /// What is wrong with it, and what to do.
    pub why: String,
}

impl Wrong {
    /// Says what is wrong with a row.
    pub fn new(line: u64, why: impl Into<String>) -> Wrong {
        Wrong { line, why: why.into() }
    }
}

/// What a row says, in types that hold valid values only. The password is looked at elsewhere.
#[derive(Debug)]
pub(super) struct Decided {
    pub line: u64,
    pub id: Option<String>,
    pub username: Option<Username>,
    /// What a username is made from when there is none.
    pub username_from: Option<Username>,
    pub former_name: Option<String>,
    pub display_name: DisplayName,
    pub is_named: bool,
    pub email: Option<EmailAddress>,
    pub roles: Vec<RoleName>,
    pub is_enabled: Option<bool>,
    pub created_at: Option<chrono::NaiveDateTime>,
    pub deletes_at: Option<chrono::NaiveDateTime>,
    pub data: Option<String>,
}

/// Decides what a row says.
pub(super) fn decide(row: Row) -> Result<Decided, Wrong> {
    let line = row.line;
    let wrong = |why: String| Wrong::new(line, why);
    let email = told(&row.email).map(|text| {
        EmailAddress::parse(text).map_err(|_| wrong(format!("{text:?} is no email address like name@example.com")))
    });
    let names = names(&row, email.transpose()?).map_err(wrong)?;
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
    let data = row.data.map(|value| UserData::new(value).map_err(|error| wrong(error.to_string()))).transpose()?;
    Ok(Decided {
        line,
        id: told(&row.id).and_then(|text| uuid::Uuid::parse_str(text).ok()).map(|id| id.to_string()),
        is_named: told(&row.name).is_some(),
        roles,
        is_enabled: is_enabled.transpose()?,
        created_at: moment(&row.created)?,
        deletes_at: moment(&row.deletes_at)?,
        data: data.map(|data| data.into_value().to_string()),
        username: names.username,
        username_from: names.username_from,
        former_name: names.former,
        display_name: names.display,
        email: names.email,
    })
}

/// A text that says something.
fn told(text: &Option<String>) -> Option<&str> {
    text.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

fn truth(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "t" | "yes" | "y" | "1" | "on" | "active" | "enabled" => Some(true),
        "false" | "f" | "no" | "n" | "0" | "off" | "inactive" | "disabled" => Some(false),
        _ => None,
    }
}

struct Names {
    username: Option<Username>,
    username_from: Option<Username>,
    former: Option<String>,
    display: DisplayName,
    email: Option<EmailAddress>,
}

/// An address as the name becomes the address too. A name that is no username is kept for logging in.
fn names(row: &Row, email: Option<EmailAddress>) -> Result<Names, String> {
    let mut former = told(&row.former_name).map(former_name).transpose()?;
    let Some(typed) = told(&row.username) else {
        let email = email.ok_or("there is neither a username nor an email address")?;
        let from = made(Username::from_email(&email));
        let display = display(row, from.as_str());
        return Ok(Names { username: None, username_from: Some(from), former, display, email: Some(email) });
    };
    if let Ok(username) = Username::parse(&canonical(typed)) {
        let display = display(row, typed);
        return Ok(Names { username: Some(username), username_from: None, former, display, email });
    }
    let (from, email) = match (EmailAddress::parse(typed), email) {
        (Ok(address), None) => (Username::from_email(&address), Some(address)),
        (Ok(address), Some(email)) => {
            if address.canonical() != email.canonical() {
                former = Some(address.canonical().to_owned());
            }
            (Username::from_email(&address), Some(email))
        }
        (Err(_), email) => {
            former = Some(former_name(typed)?);
            (Username::from_text(typed), email)
        }
    };
    let display = display(row, if typed.contains('@') { from.as_str() } else { typed });
    let from = made(from);
    Ok(Names { username: None, username_from: Some(from), former, display, email })
}

/// Nobody becomes someone whom others would trust by the look of their address.
fn made(from: Username) -> Username {
    if from.is_reserved() { Username::neutral() } else { from }
}

/// What people log in by beside their username: whatever can be typed and looked up.
fn former_name(typed: &str) -> Result<String, String> {
    let name = canonical(typed);
    if name.is_empty() || name.len() > LONGEST_FORMER_NAME || name.contains(is_forbidden) {
        return Err(format!(
            "the name {typed:?} is no name to log in by: it is too long, or has control characters or marks that change \
             the writing direction"
        ));
    }
    Ok(name)
}

/// The name to be greeted by, as much of it as can be shown.
fn display(row: &Row, otherwise: &str) -> DisplayName {
    let shown = |text: &str| {
        let plain: String = text.trim().chars().filter(|c| !is_forbidden(*c)).take(DisplayName::MAX).collect();
        DisplayName::parse(&plain).ok()
    };
    let name = told(&row.name).and_then(shown).or_else(|| shown(otherwise));
    name.unwrap_or_else(|| DisplayName::of(&Username::from_text(otherwise)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(username: &str, email: &str) -> Row {
        let told = |text: &str| Some(text.to_owned());
        Row { line: 7, username: told(username), email: told(email), ..Row::default() }
    }

    /// Username, what one is made from, former name, display name, address.
    fn named(username: &str, email: &str) -> [String; 5] {
        let decided = decide(row(username, email)).unwrap();
        let name = |name: Option<Username>| name.map(|name| name.as_str().to_owned()).unwrap_or_default();
        [
            name(decided.username),
            name(decided.username_from),
            decided.former_name.unwrap_or_default(),
            decided.display_name.as_str().to_owned(),
            decided.email.map(|email| email.as_given().to_owned()).unwrap_or_default(),
        ]
    }

    #[test]
    fn whatever_someone_was_called_by_leads_to_an_account() {
        assert_eq!(named("Roy", ""), ["roy", "", "", "Roy", ""]);
        assert_eq!(named("ＲＯＹ", "R@x.example"), ["roy", "", "", "ＲＯＹ", "R@x.example"]);
        assert_eq!(named("Zoë Q.", ""), ["", "zoe-q", "zoë q.", "Zoë Q.", ""]);
        assert_eq!(named("x", ""), ["", "userx", "x", "x", ""]);
        assert_eq!(named("Anna@x.example", ""), ["", "anna", "", "anna", "Anna@x.example"]);
        assert_eq!(named("anna@x.example", "ANNA@X.example"), ["", "anna", "", "anna", "ANNA@X.example"]);
        assert_eq!(named("anna@x.example", "a@y.example"), ["", "anna", "anna@x.example", "anna", "a@y.example"]);
        assert_eq!(named("", "a@y.example"), ["", "usera", "", "usera", "a@y.example"]);
        assert_eq!(named("@home", ""), ["", "home", "@home", "home", ""]);
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
