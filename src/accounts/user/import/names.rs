//! The names of an imported account: what its owner logged in with before still leads to it.

use crate::accounts::names::{DisplayName, EmailAddress, Username, canonical, is_forbidden};

/// The most bytes of a former name: as many as those of an email address.
const LONGEST_FORMER_NAME: usize = EmailAddress::MAX;

/// The names that a row gives.
#[derive(Debug, Default)]
pub(super) struct Given<'a> {
    pub username: Option<&'a str>,
    pub former: Option<&'a str>,
    pub name: Option<&'a str>,
    pub email: Option<EmailAddress>,
}

/// The names that the account gets.
#[derive(Debug)]
pub(super) struct Names {
    pub username: Option<Username>,
    /// What a username is made from when there is none.
    pub username_from: Option<Username>,
    pub former: Option<String>,
    /// The canonical address that was given as the username and nowhere else.
    pub unproven: Option<String>,
    pub display: DisplayName,
    pub email: Option<EmailAddress>,
}

impl Names {
    /// An address that is given as the username becomes the email address if there is none. A username that is not
    /// valid here is kept for logging in.
    pub(super) fn new(given: Given<'_>) -> Result<Names, String> {
        decide(given)
    }
}

fn decide(given: Given<'_>) -> Result<Names, String> {
    let Given { username, former, name, email } = given;
    let mut former = former.map(former_name).transpose()?;
    let Some(typed) = username else {
        let email = email.ok_or("there is neither a username nor an email address")?;
        let from = made(Username::from_email(&email));
        let display = display(name, from.as_str());
        let email = Some(email);
        return Ok(Names { username: None, username_from: Some(from), former, unproven: None, display, email });
    };
    if let Ok(username) = Username::parse(&canonical(typed)) {
        let display = display(name, typed);
        return Ok(Names { username: Some(username), username_from: None, former, unproven: None, display, email });
    }
    let mut unproven = None;
    let (from, email) = match (EmailAddress::parse(typed), email) {
        (Ok(address), None) => {
            unproven = Some(address.canonical().to_owned());
            (Username::from_email(&address), Some(address))
        }
        (Ok(address), Some(email)) => {
            if address.canonical() != email.canonical() {
                former = Some(address.canonical().to_owned());
                unproven.clone_from(&former);
            }
            (Username::from_email(&address), Some(email))
        }
        (Err(_), email) => {
            former = Some(former_name(typed)?);
            (Username::from_text(typed), email)
        }
    };
    let display = display(name, if typed.contains('@') { from.as_str() } else { typed });
    let from = made(from);
    Ok(Names { username: None, username_from: Some(from), former, unproven, display, email })
}

/// Replaces a reserved username, such as `admin`, so that nobody gets one out of an email address or a former name.
fn made(from: Username) -> Username {
    if from.is_reserved() { Username::neutral() } else { from }
}

/// A former name, which people can log in with besides their username: any text that can be typed and looked up.
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

/// The display name: as much of it as is valid.
fn display(name: Option<&str>, otherwise: &str) -> DisplayName {
    let shown = |text: &str| {
        let plain: String = text.trim().chars().filter(|c| !is_forbidden(*c)).take(DisplayName::MAX).collect();
        DisplayName::parse(&plain).ok()
    };
    let name = name.and_then(shown).or_else(|| shown(otherwise));
    name.unwrap_or_else(|| DisplayName::of(&Username::from_text(otherwise)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Username, what one is made from, former name, display name, address.
    fn named(username: &'static str, email: &'static str) -> [String; 5] {
        let some = |text: &'static str| Some(text).filter(|text| !text.is_empty());
        let email = some(email).map(|email| EmailAddress::parse(email).unwrap());
        let decided = Names::new(Given { username: some(username), email, ..Given::default() }).unwrap();
        let name = |name: Option<Username>| name.map(|name| name.as_str().to_owned()).unwrap_or_default();
        [
            name(decided.username),
            name(decided.username_from),
            decided.former.unwrap_or_default(),
            decided.display.as_str().to_owned(),
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
        assert_eq!(named("@corner", ""), ["", "corner", "@corner", "corner", ""]);
    }
}
