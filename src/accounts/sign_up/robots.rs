//! Keeps simple robots from signing up on the page: they fill in every field, and at once.
//!
//! When the page was opened stands in its form, signed, so that nothing is stored. It is no secret, and may be sent
//! again: whoever corrects a form need not wait once more.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use subtle::ConstantTimeEq;

use crate::accounts::Accounts;
use crate::accounts::audit::{Refusal, Source, refusals};
use crate::accounts::throttle::Wait;
use crate::texts::{Message, Worded};

/// After so many hours a form has to be sent from a page that was opened since.
const LONGEST_HOURS: i64 = 2;

/// Why a form seems to come from a robot. The text is for people, whom it should not happen to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words())]
pub enum Robot {
    /// It filled in a field that people don’t see.
    Trapped,
    /// It was quicker than people are.
    TooQuick(Wait),
    /// It does not say when its page was opened, or that was too long ago.
    Outdated,
}

impl Worded for Robot {
    fn words(&self) -> Message {
        match self {
            Robot::Trapped => Message::new("sign-up-robot-trapped"),
            Robot::TooQuick(wait) => Message::new("sign-up-robot-too-quick").with("wait", wait.words()),
            Robot::Outdated => Message::new("sign-up-robot-outdated"),
        }
    }
}

impl Accounts {
    /// What a form carries that is opened at this time.
    pub fn opening_mark(&self, at: DateTime<Utc>) -> String {
        let time = at.timestamp_millis().to_string();
        let mac = self.opening_mac(&time);
        format!("{time}.{mac}")
    }

    fn opening_mac(&self, time: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.key.mac("sign-up form opened", time))
    }

    /// When the page of a form was opened, if it was one of ours.
    fn opened_at(&self, mark: &str) -> Option<DateTime<Utc>> {
        let (time, mac) = mark.split_once('.')?;
        let is_ours: bool = self.opening_mac(time).as_bytes().ct_eq(mac.as_bytes()).into();
        DateTime::from_timestamp_millis(time.parse().ok().filter(|_| is_ours)?)
    }
}

/// Looks whether a form seems to come from a robot: by the field that people don’t see, and by the mark of when its page
/// was opened.
///
/// # Errors
/// Why it does. All but what people do is noted in the audit.
pub fn screen(accounts: &Accounts, trap: &str, mark: &str, source: &Source) -> Result<(), Robot> {
    let note = |why: &str| {
        refusals::note(accounts, source.clone(), Refusal::SignUpRefused, None, Some(why.to_owned()));
    };
    if !trap.is_empty() {
        note("a field was filled in that people don’t see");
        return Err(Robot::Trapped);
    }
    let Some(opened_at) = accounts.opened_at(mark) else {
        note("without having opened the page");
        return Err(Robot::Outdated);
    };
    let open_for = Utc::now() - opened_at;
    let missing = Duration::seconds(accounts.sign_up.least_seconds.into()) - open_for;
    if missing > Duration::zero() {
        note("quicker than people are");
        return Err(Robot::TooQuick(Wait::new(missing)));
    }
    if open_for > Duration::hours(LONGEST_HOURS) { Err(Robot::Outdated) } else { Ok(()) }
}
