//! Many links that end at once, whatever they are about.

use diesel::prelude::*;

use super::Purpose;
use crate::accounts::batches::BATCH;
use crate::accounts::work::Work;
use crate::db::{self, schema::one_time_links};

/// Makes all links worthless that were sent by mail: letters hold them until they are sent.
pub(in crate::accounts) fn end_mailed(work: &mut Work<'_>) -> db::Result<()> {
    let mailed = Purpose::ALL.into_iter().filter(|purpose| purpose.is_mailed()).map(Purpose::as_str);
    diesel::delete(one_time_links::table)
        .filter(one_time_links::purpose.eq_any(mailed.collect::<Vec<_>>()))
        .execute(work.connection())?;
    Ok(())
}

/// Makes all links worthless that an admin made, who is one no more.
pub(in crate::accounts) fn void_made_by(work: &mut Work<'_>, user_id: &str) -> db::Result<()> {
    diesel::delete(one_time_links::table).filter(one_time_links::made_by.eq(user_id)).execute(work.connection())?;
    Ok(())
}

/// Removes links whose time is over, as many as a batch has. Answers how many.
pub(in crate::accounts) fn sweep(work: &mut Work<'_>) -> db::Result<usize> {
    let over: Vec<String> = one_time_links::table
        .filter(one_time_links::expires_at.le(db::now()))
        .select(one_time_links::token_hash)
        .limit(BATCH)
        .load(work.connection())?;
    Ok(diesel::delete(one_time_links::table)
        .filter(one_time_links::token_hash.eq_any(over))
        .execute(work.connection())?)
}
