//! The mail queue in the database. A letter is written in the same transaction as the change it reports, so that it is
//! sent only if that is committed. One worker of the server sends it: it is woken after the commit, so no request waits
//! for mail.
//!
//! Several servers may share a database: only one at a time claims a letter, for as long as it works on it. If it is
//! killed, its claim expires. If the mail server had accepted the letter by then, it is sent twice with the same
//! Message-ID; no letter is lost.

mod addressee;
mod backlog;
mod claim;
mod given_up;
mod letter;
mod notice;
mod outbox;
mod request;
mod reset_link;
mod worker;

pub use backlog::{Row, State, Which, drop, page, retry};
pub use given_up::DAY as GIVES_UP_AFTER;
pub use outbox::Outbox;
pub use worker::deliver;

pub(super) use addressee::Addressee;
pub(super) use given_up::{forget_of, settle, sweep};
pub(super) use notice::{Notice, tell};
pub(super) use request::{Request, ask};
pub(super) use reset_link::send_reset_link;
