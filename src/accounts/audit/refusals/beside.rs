//! Refusals that are recorded beside their requests, which don't wait for it: those that wait for each other are
//! written in one transaction.

use super::kind::Kind;
use super::waiting::{Note, Place};
use super::{Refusal, Refusals};
use crate::accounts::Accounts;
use crate::accounts::source::Source;
use crate::accounts::throttle::Network;
use crate::accounts::work::Work;
use crate::db;

/// Records a refusal beside the request, which is refused whether or not that works. When a network causes many, most
/// are only counted, and so are all that come while too many wait.
pub fn note(accounts: &Accounts, source: Source, refusal: Refusal, target: Option<String>, detail: Option<String>) {
    let refusals = &accounts.refusals;
    let kind = Kind::of(refusal, &source, target.as_deref());
    if refusals.samples.take((refusal, source.address.map(Network::from))).is_err() {
        return refusals.tally.add(kind, 1);
    }
    match refusals.waiting.push(Note { source, refusal, target, detail }) {
        Place::First => drop(tokio::spawn(write(accounts.clone()))),
        Place::Behind => {}
        Place::Nowhere => refusals.tally.add(kind, 1),
    }
}

/// Writes all that waits.
async fn write(accounts: Accounts) {
    let refusals = accounts.refusals.clone();
    let _turn = refusals.waiting.turn.lock().await;
    let notes = refusals.waiting.take();
    let record = {
        let (refusals, notes) = (refusals.clone(), notes.clone());
        move |work: &mut Work<'_>| record_all(work, &refusals, notes)
    };
    if let Err(error) = accounts.write_for_anyone(&Source::system(), record).await {
        error.log(&format!("{} refusals are only counted", notes.len()));
        for note in notes {
            refusals.tally.add(Kind::of(note.refusal, &note.source, note.target.as_deref()), 1);
        }
    }
}

fn record_all(work: &mut Work<'_>, refusals: &Refusals, notes: Vec<Note>) -> db::Result<()> {
    for Note { source, refusal, target, detail } in notes {
        work.in_the_name_of(source, |work| refusals.record(work, refusal, target.as_deref(), detail.as_deref()))?;
    }
    Ok(())
}
