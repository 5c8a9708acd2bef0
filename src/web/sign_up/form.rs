//! What the sign-up page sends.

use super::fields::Typed;
use crate::accounts::captcha::Answer;
use crate::http::local_path::LocalPath;
use crate::web::captcha;
use crate::web::form::{Fields, PostedForm, WorksForEveryone};
use crate::web::login::place;

/// What the sign-up page sends. No `Debug`: it holds a password.
pub(super) struct SignUpForm {
    /// What the account is to be like.
    pub typed: Typed,
    /// Where the person was going.
    pub next: LocalPath,
    /// When its page was opened, signed.
    pub opened: String,
    /// The field that people don’t see.
    pub website: String,
    /// What was sent for a captcha.
    pub captcha: Answer,
}

impl PostedForm for SignUpForm {
    const FIELDS: &'static [&'static str] =
        &["username", "name", "email", "password", "next", "opened", "website", "captcha", "captcha_answer"];

    fn read(fields: &mut Fields) -> SignUpForm {
        SignUpForm {
            typed: Typed::take(fields),
            next: place(fields.take("next").as_deref()),
            opened: fields.take("opened").unwrap_or_default(),
            website: fields.take("website").unwrap_or_default(),
            captcha: captcha::take(fields),
        }
    }
}

impl WorksForEveryone for SignUpForm {}

impl SignUpForm {
    /// One that nobody has filled in.
    pub fn empty(next: LocalPath, opened: String) -> SignUpForm {
        SignUpForm { typed: Typed::default(), next, opened, website: String::new(), captcha: Answer::default() }
    }
}
