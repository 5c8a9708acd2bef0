//! `GET /.well-known/security.txt`: where to report a weakness (RFC 9116), if the operator wants to be told.

use chrono::{Days, NaiveTime, Utc};
use rocket::{Route, State, get, routes};

use crate::http::Site;
use crate::notation::rfc3339;

/// For how many days what it says may be believed; the standard asks for less than a year (2.5.5).
const BELIEVED: Days = Days::new(90);

#[get("/.well-known/security.txt")]
fn show(site: &State<Site>) -> Option<String> {
    let contact = site.security_contact.as_ref()?.as_str();
    let expires = Utc::now().date_naive().checked_add_days(BELIEVED)?.and_time(NaiveTime::MIN);
    Some(format!("Contact: {contact}\nExpires: {}\nPreferred-Languages: en\n", rfc3339(expires)))
}

/// The route of this feature.
pub fn routes() -> Vec<Route> {
    routes![show]
}
