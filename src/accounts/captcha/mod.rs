//! Captchas: signs to be read from a picture or heard, so that a program does not sign up by itself.
//!
//! Showing one stores nothing: its id is random and signed, and what it shows follows from the id and the secret key.
//! The first answer spends it, right or wrong, by a row that is there once.

mod chance;
mod letters;
mod picture;
mod sound;
mod suspicion;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use diesel::prelude::*;
use subtle::ConstantTimeEq;

use self::chance::Chance;
use self::letters::{SIGNS, Sign};
use super::Accounts;
use super::audit::Source;
use super::secret::random_bytes;
use super::work::Work;
use crate::db::{self, claim::insert_once, schema::spent_captchas};
use crate::texts::{Message, Worded};

pub(super) use suspicion::{count_failed_login, count_sign_up, is_needed_to_log_in, is_needed_to_sign_up};

/// For how many minutes one may be answered.
pub const MINUTES: i64 = 5;

/// How many signs it shows: at one try each, a guess is right once in eleven million times.
const LENGTH: usize = 6;

/// A captcha that is one of ours, and not over.
#[derive(Debug, Clone)]
pub struct Captcha {
    nonce: String,
    expires_at: DateTime<Utc>,
    /// For what it was made: nothing else takes it.
    form: String,
    signs: [Sign; LENGTH],
    chance: [u8; 32],
}

/// What someone sent for a captcha.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// The id of the captcha.
    pub id: String,
    /// What they read or heard.
    pub text: String,
}

/// Why a captcha does not let anyone pass. The text is for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.words())]
pub enum Unsolved {
    /// There is no answer.
    Missing,
    /// The answer is wrong.
    Wrong,
    /// It is too old, was answered already, or belongs to something else.
    Over,
}

impl Worded for Unsolved {
    fn words(&self) -> Message {
        match self {
            Unsolved::Missing => Message::new("captcha-missing"),
            Unsolved::Wrong => Message::new("captcha-wrong"),
            Unsolved::Over => Message::new("captcha-over"),
        }
    }
}

/// Makes the id of a new captcha for a form.
pub fn issue(accounts: &Accounts, form: &str) -> String {
    issue_until(accounts, form, Utc::now() + Duration::minutes(MINUTES))
}

/// The same with another end.
pub fn issue_until(accounts: &Accounts, form: &str, expires_at: DateTime<Utc>) -> String {
    let nonce = URL_SAFE_NO_PAD.encode(random_bytes::<16>());
    let form = mark(accounts, form);
    let told = format!("{nonce}.{}.{form}", expires_at.timestamp());
    let mac = URL_SAFE_NO_PAD.encode(accounts.key.mac("captcha", &told));
    format!("{told}.{mac}")
}

/// Which form it is, without telling.
fn mark(accounts: &Accounts, form: &str) -> String {
    URL_SAFE_NO_PAD.encode(&accounts.key.mac("captcha form", form)[..12])
}

impl Captcha {
    /// Reads an id; none when it is not one of ours, or over.
    pub fn of(accounts: &Accounts, id: &str) -> Option<Captcha> {
        let (told, mac) = id.rsplit_once('.')?;
        let right = URL_SAFE_NO_PAD.encode(accounts.key.mac("captcha", told));
        let is_ours: bool = right.as_bytes().ct_eq(mac.as_bytes()).into();
        let mut parts = told.split('.').filter(|_| is_ours);
        let (nonce, expires_at, form) = (parts.next()?, parts.next()?, parts.next()?);
        let expires_at = DateTime::from_timestamp(expires_at.parse().ok()?, 0)?;
        if expires_at <= Utc::now() {
            return None;
        }
        let drawn = accounts.key.mac("captcha signs", nonce);
        let signs = std::array::from_fn(|place| &SIGNS[usize::from(drawn[place]) % SIGNS.len()]).map(|sign| *sign);
        let chance = accounts.key.mac("captcha looks", nonce);
        Some(Captcha { nonce: nonce.to_owned(), expires_at, form: form.to_owned(), signs, chance })
    }

    /// What it shows, in the spelling of the picture.
    pub fn text(&self) -> String {
        self.signs.iter().map(|sign| sign.name).collect()
    }

    /// The picture, in PNG: the same each time, so that many of one captcha tell no more than one.
    pub fn picture(&self) -> Vec<u8> {
        picture::draw(&self.signs, &mut Chance::new(self.chance))
    }

    /// The signs spoken, as a WAV file; the same each time, too.
    pub fn sound(&self) -> Vec<u8> {
        sound::speak(&self.signs, &mut Chance::new(self.chance))
    }

    fn is_answered_by(&self, text: &str) -> bool {
        let typed = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_uppercase);
        typed.eq(self.text().chars())
    }
}

/// Spends a captcha of this form, and looks whether the answer is right.
///
/// # Errors
/// When the database does not answer; inside, why nobody passes.
pub(super) async fn solve(
    accounts: &Accounts,
    answer: &Answer,
    form: &str,
    source: &Source,
) -> db::Result<Result<(), Unsolved>> {
    if answer.text.trim().is_empty() {
        return Ok(Err(Unsolved::Missing));
    }
    let captcha = Captcha::of(accounts, &answer.id).filter(|captcha| captcha.form == mark(accounts, form));
    let Some(captcha) = captcha else { return Ok(Err(Unsolved::Over)) };
    let (nonce, expires_at) = (captcha.nonce.clone(), captcha.expires_at.naive_utc());
    if !accounts.write_for_anyone(source, move |work| spend(work, &nonce, expires_at)).await? {
        return Ok(Err(Unsolved::Over));
    }
    Ok(if captcha.is_answered_by(&answer.text) { Ok(()) } else { Err(Unsolved::Wrong) })
}

/// Whether this is the first answer. The key of the table decides.
fn spend(work: &mut Work<'_>, nonce: &str, expires_at: NaiveDateTime) -> db::Result<bool> {
    let row = (spent_captchas::nonce.eq(nonce), spent_captchas::expires_at.eq(expires_at));
    let insert = diesel::insert_into(spent_captchas::table).values(row);
    Ok(insert_once(work.connection(), |connection| insert.execute(connection))?)
}
