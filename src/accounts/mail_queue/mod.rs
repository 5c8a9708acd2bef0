//! Mail that waits in the database: written in the transaction of what it tells, so that it is sent if that was
//! committed and only then; sent by one worker of the server, woken after the commit, and never inside a request.
//!
//! Several servers may share a database: a letter is claimed by one of them at a time, for as long as it is at work. One
//! that was killed leaves its claim to run out. When the mail server had taken the letter by then, it is sent twice, with
//! the same Message-ID; no letter is lost.

mod backlog;
mod claim;
mod given_up;
mod letter;
mod notice;
mod outbox;
mod worker;

pub use backlog::{Row, State, Which, drop, page, retry};
pub use given_up::DAY as GIVES_UP_AFTER;
pub use outbox::Outbox;
pub use worker::deliver;

pub(super) use given_up::{forget_of, settle, sweep};
pub(super) use notice::{Notice, tell};
