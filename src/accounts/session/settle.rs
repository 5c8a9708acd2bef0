//! Sessions that a clock has left which was ahead and went back: they would live until then, and as long again.

use diesel::prelude::*;

use super::clock::latest_beginning;
use super::{Kind, Lifetimes};
use crate::accounts::audit::{self, Event};
use crate::accounts::work::Work;
use crate::db::{self, schema::sessions};

/// Ends the sessions that began in the future, and lets no other one live longer than one that begins now. Answers how
/// many it ended.
pub(in crate::accounts) fn settle(work: &mut Work<'_>, lifetimes: &Lifetimes) -> db::Result<usize> {
    let ended: Vec<(String, String)> = diesel::delete(sessions::table)
        .filter(sessions::created_at.gt(latest_beginning()))
        .returning((sessions::id, sessions::user_id))
        .get_results(work.connection())?;
    for (id, owner) in &ended {
        audit::record(work, Event::SessionsEnded, Some(owner), Some(id))?;
    }
    diesel::update(sessions::table.filter(sessions::last_seen_at.gt(latest_beginning())))
        .set(sessions::last_seen_at.eq(db::now()))
        .execute(work.connection())?;
    for kind in [Kind::Browser { remembered: false }, Kind::Browser { remembered: true }, Kind::Token] {
        shorten(work, kind, lifetimes)?;
    }
    Ok(ended.len())
}

fn shorten(work: &mut Work<'_>, kind: Kind, lifetimes: &Lifetimes) -> db::Result<()> {
    let (idle, absolute) = lifetimes.longest(kind);
    let (idle, absolute) = (db::now() + idle, db::now() + absolute);
    let remembered = kind == Kind::Browser { remembered: true };
    let this = sessions::table.filter(sessions::kind.eq(kind.as_str())).filter(sessions::remembered.eq(remembered));
    diesel::update(this.filter(sessions::idle_expires_at.gt(idle)))
        .set(sessions::idle_expires_at.eq(idle))
        .execute(work.connection())?;
    diesel::update(this.filter(sessions::expires_at.gt(absolute)))
        .set(sessions::expires_at.eq(absolute))
        .execute(work.connection())?;
    Ok(())
}
