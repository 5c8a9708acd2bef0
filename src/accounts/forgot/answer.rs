//! Answers the requests that wait: with a letter to the owner of the account, or not at all.
//!
//! An account, and an address, get so many links in a row, then one after each ten minutes, and past those of a day one
//! after each hour. A newer link makes the older one worthless, so whoever asks again and again in somebody's name could
//! take their links away; but each of these requests sends the owner what they need, and past the first few the newest link
//! works for ten minutes at least. Links that an admin makes stay.

use std::future::Future;
use std::pin::pin;
use std::time::Duration;

use super::waiting::{self, Request};
use crate::accounts::Accounts;
use crate::accounts::audit::{self, Event, Refusal, Source, refusals};
use crate::accounts::mail_queue::{self, Addressee};
use crate::accounts::one_time_link::Purpose;
use crate::accounts::reset;
use crate::accounts::throttle::{self, Subject};
use crate::accounts::user;
use crate::accounts::work::Work;
use crate::db;

/// How often requests of other processes are looked for, such as of one that was killed.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// How long the first request waits for others. What an answer costs depends on the name: it must not fall together with
/// the next request of whoever measures.
const PAUSE: Duration = Duration::from_secs(1);

/// How many are answered in one transaction.
const TOGETHER: i64 = 50;

/// Answers requests until it is told to stop.
pub async fn answer(accounts: Accounts, stop: impl Future<Output = ()>) {
    if !accounts.sends_mail() {
        return;
    }
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            biased;
            () = &mut stop => return,
            () = next(&accounts) => {}
        }
        if let Err(error) = answer_all(&accounts).await {
            error.log("requests for a new password wait");
        }
    }
}

async fn next(accounts: &Accounts) {
    let _ = tokio::time::timeout(LOOK_EVERY, accounts.resets.rung()).await;
    tokio::time::sleep(PAUSE).await;
}

async fn answer_all(accounts: &Accounts) -> db::Result<()> {
    while accounts.look_up(waiting::is_any).await? {
        let owned = accounts.clone();
        let answer = move |work: &mut Work<'_>| answer_some(work, &owned);
        for Unanswered { source, refusal, target, why } in accounts.write_for_anyone(&Source::system(), answer).await? {
            refusals::note(accounts, source, refusal, target, Some(why));
        }
    }
    Ok(())
}

/// A request that sends nothing, for the audit.
struct Unanswered {
    source: Source,
    refusal: Refusal,
    target: Option<String>,
    why: String,
}

fn answer_some(work: &mut Work<'_>, accounts: &Accounts) -> db::Result<Vec<Unanswered>> {
    let mut unanswered = Vec::new();
    for request in waiting::take(work, &accounts.key, TOGETHER)? {
        match request {
            Some(request) => unanswered.extend(answer_one(work, accounts, &request)?),
            None => tracing::warn!("a request for a new password can't be read: the secret key is another one now"),
        }
    }
    Ok(unanswered)
}

fn answer_one(work: &mut Work<'_>, accounts: &Accounts, request: &Request) -> db::Result<Option<Unanswered>> {
    let source = request.source();
    let unanswered = |refusal, target: Option<&str>, why: &str| {
        let (source, target, why) = (request.source(), target.map(str::to_owned), why.to_owned());
        Ok(Some(Unanswered { source, refusal, target, why }))
    };
    // PostgreSQL refuses to look for a NUL, which is in no name.
    let found = match request.name.contains('\0') {
        true => None,
        false => user::find_by_login(work.connection(), &request.name)?,
    };
    let Some(user) = found else {
        let why = format!("unknown name, {}", Subject::Nobody(accounts.name_digest(&request.name)));
        return unanswered(Refusal::ResetRefused, None, &why);
    };
    let target = Some(user.id.as_str());
    if user.disabled_at.is_some() {
        return unanswered(Refusal::ResetRefused, target, "disabled account");
    }
    let Some(to) = Addressee::of(&user) else {
        return unanswered(Refusal::ResetRefused, target, "no address that mail can be sent to");
    };
    if user.has_unconfirmed_email() {
        return unanswered(Refusal::ResetRefused, target, "the address is not confirmed");
    }
    let of_account = Subject::ResetsOf(user.id.clone());
    let of_address = Subject::ResetsTo(accounts.name_digest(&to.canonical));
    let Ok(reserved) = throttle::reserve(work, &of_account, &accounts.limits)? else {
        return unanswered(Refusal::ResetThrottled, target, "account");
    };
    if throttle::reserve(work, &of_address, &accounts.limits)?.is_err() {
        reserved.give_back(work)?;
        return unanswered(Refusal::ResetThrottled, target, "address");
    }
    work.in_the_name_of(source, |work| {
        let (token, _) = reset::make(work, &user, Purpose::Recovery)?;
        mail_queue::send_reset_link(work, &user, &to, &token)?;
        audit::record(work, Event::ResetLinkMailed, Some(&user.id), None)
    })?;
    Ok(None)
}
