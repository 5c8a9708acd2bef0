//! The letter with a link for a new password. How many of them an account gets is decided in `forgot`.

use super::addressee::Addressee;
use super::letter::post;
use super::notice::facts;
use crate::accounts::one_time_link::LinkToken;
use crate::accounts::user::User;
use crate::accounts::work::Work;
use crate::db;
use crate::mail::Facts;

/// Sends the link to the owner of an account, if mail is sent. Part of the transaction that makes the link.
pub(in crate::accounts) fn send_reset_link(
    work: &mut Work<'_>,
    user: &User,
    to: &Addressee,
    token: &LinkToken,
) -> db::Result<()> {
    let Some(open) = work.outbox().open().cloned() else { return Ok(()) };
    let link = open.link("/reset", &token.to_text());
    let facts = Facts { link: Some(link), ..facts(&open, work.source(), user) };
    post(work, &open, Some(&user.id), "password_reset", &to.recipient, &facts)
}
