//! The worker of a server, which sends due letters one by one.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::claim::{self, Claimed, First};
use super::given_up::{self, give_up};
use super::letter;
use super::outbox::Open;
use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::accounts::work::Work;
use crate::db;
use crate::mail::{Error, Post};

/// How often it looks for letters from other processes, such as the command line.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// How long it waits before it tries a mail server again that could not be used: at first, and at most.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

/// Once the mail server could not be used for this long, letters that are waiting count as tried.
const LONG: Duration = Duration::from_secs(3600);

/// After it refused this many letters in a row, though their recipients may exist, the mail server gets a pause before
/// each further one: it may be limiting the rate.
const REFUSED_IN_A_ROW: u32 = 5;

/// The longest of these pauses. Anybody can enter addresses that the mail server refuses for now, so they must not delay
/// the letters of others for long.
const LONGEST_AFTER_REFUSALS: Duration = Duration::from_secs(30);

/// How many seconds a letter waits after each try that failed; the last value is repeated.
const WAITS: [i64; 5] = [60, 300, 900, 1800, 3600];

/// Sends letters until it is told to stop. It finishes the letter that it is sending.
pub async fn deliver(accounts: Accounts, stop: impl Future<Output = ()>) {
    let Some(open) = accounts.outbox.open().cloned() else { return };
    let mut worker = Worker::new(open);
    let mut stop = pin!(stop);
    // Connects at the start, so that a mistake in the settings is logged then, rather than with the first letter.
    let mut next = Next::Connected;
    loop {
        tokio::select! {
            biased;
            () = &mut stop => break,
            ready = worker.ready(&accounts, next) => next = ready,
        }
        if matches!(next, Next::Connected) {
            next = worker.send_one(&accounts).await;
        }
    }
    worker.post.rest().await;
}

/// When the next letter may be sent.
#[derive(Debug, Clone, Copy)]
enum Next {
    /// At once: the mail server is connected.
    Connected,
    /// As soon as one is due.
    WhenDue,
    /// After this pause, since the mail server or the database can't be used. A new letter does not shorten it.
    After(Duration),
}

struct Worker {
    open: Arc<Open>,
    post: Post,
    /// How many times in a row the mail server could not be used.
    failures: u32,
    /// Since when it can't be used, as far as this worker knows.
    out_since: Option<Instant>,
    /// Whether the last failure was in connecting or logging in.
    is_unreachable: bool,
    /// How many letters in a row the mail server has refused for now.
    refused: u32,
}

impl Worker {
    fn new(open: Arc<Open>) -> Worker {
        let post = Post::new(open.mail.transport.clone(), open.mail.sender.clone());
        Worker { open, post, failures: 0, out_since: None, is_unreachable: false, refused: 0 }
    }

    /// Waits for the next letter and connects. It has claimed no letter yet, so it may be cancelled.
    async fn ready(&mut self, accounts: &Accounts, next: Next) -> Next {
        match next {
            Next::Connected => {}
            Next::WhenDue => {
                // A letter that came since then has left a permit, so this returns at once.
                let _ = tokio::time::timeout(LOOK_EVERY, self.open.wake.notified()).await;
                match accounts.look_up(claim::is_any_due).await {
                    Ok(true) => {}
                    Ok(false) => return Next::WhenDue,
                    Err(error) => return waits_for_database(&error),
                }
            }
            Next::After(pause) => tokio::time::sleep(pause).await,
        }
        self.connect(accounts).await
    }

    /// Connects before a letter is claimed, so that letters cause no work while the mail server can't be used.
    async fn connect(&mut self, accounts: &Accounts) -> Next {
        match self.post.try_out().await {
            Ok(()) => Next::Connected,
            Err(error) => {
                let next = self.is_out(&error);
                self.is_unreachable = true;
                match self.while_out(accounts, &error).await {
                    Ok(()) => next,
                    Err(error) => waits_for_database(&error),
                }
            }
        }
    }

    /// Sends one of the letters that are due.
    async fn send_one(&mut self, accounts: &Accounts) -> Next {
        match self.try_one(accounts).await {
            Ok(next) => next,
            Err(error) => waits_for_database(&error),
        }
    }

    async fn try_one(&mut self, accounts: &Accounts) -> db::Result<Next> {
        // Reading first avoids a write transaction when no letter is due.
        let claimed = match accounts.look_up(claim::is_any_due).await? {
            true => {
                // While letters are refused, every other one is a new one, which has not been tried yet.
                let first = if self.refused % 2 == 1 { First::Newest } else { First::Oldest };
                accounts.write_for_anyone(&Source::system(), move |work| claim::claim(work, first)).await?
            }
            false => None,
        };
        let Some(claimed) = claimed else {
            if self.is_unreachable {
                self.is_back();
            }
            self.post.rest().await;
            return Ok(Next::WhenDue);
        };
        let Claimed { id, recipient, created_at, letter, .. } = &claimed;
        let Some(letter) = letter::read(&self.open.key, id, recipient, *created_at, letter) else {
            let why = "it can't be read: it was encrypted with another secret key, or changed";
            accounts.write_for_anyone(&Source::system(), move |work| end(work, &claimed, why)).await?;
            return Ok(Next::Connected);
        };
        match claim::hold(accounts, &claimed, self.post.send(&letter)).await {
            Ok(()) => {
                self.refused = 0;
                self.is_back();
                remove(accounts, &claimed).await;
                Ok(Next::Connected)
            }
            Err(error) => {
                let Claimed { id, kind, tries, .. } = &claimed;
                tracing::warn!(id, kind, tries, %error, "a letter was not taken");
                self.refused = if error.is_final() { 0 } else { self.refused.saturating_add(1) };
                let next = if error.is_of_the_letter() { self.goes_on(&error) } else { self.is_out(&error) };
                refused(accounts, claimed, &error).await?;
                if !error.is_of_the_letter() {
                    self.while_out(accounts, &error).await?;
                }
                Ok(next)
            }
        }
    }

    /// The mail server can be used, and has refused a letter. Too many in a row give it a pause; a warning is logged before
    /// the first.
    fn goes_on(&mut self, error: &Error) -> Next {
        self.is_back();
        let Some(further) = self.refused.checked_sub(REFUSED_IN_A_ROW) else { return Next::Connected };
        if further == 0 {
            tracing::warn!(%error, "mail waits, because the mail server refuses one letter after the other");
        }
        Next::After(FIRST_PAUSE.saturating_mul(1 << further.min(8)).min(LONGEST_AFTER_REFUSALS))
    }

    /// Handles the other letters while the mail server can't be used.
    async fn while_out(&self, accounts: &Accounts, error: &Error) -> db::Result<()> {
        let is_out_long = self.out_since.is_some_and(|since| since.elapsed() >= LONG);
        given_up::while_out(accounts, &error.to_string(), is_out_long).await
    }

    /// Records that the mail server can't be used. A warning is logged only the first time.
    fn is_out(&mut self, error: &Error) -> Next {
        if self.failures == 0 {
            let advice = self.open.mail.transport.advice(error);
            tracing::warn!(%error, "mail waits, because the mail server can't be used: {advice}");
        } else {
            tracing::debug!(%error, failures = self.failures, "the mail server still can't be used");
        }
        let pause = FIRST_PAUSE.saturating_mul(1 << self.failures.min(8)).min(LONGEST_PAUSE);
        self.failures = self.failures.saturating_add(1);
        self.out_since.get_or_insert_with(Instant::now);
        self.is_unreachable = false;
        Next::After(pause)
    }

    fn is_back(&mut self) {
        self.out_since = None;
        self.is_unreachable = false;
        if std::mem::take(&mut self.failures) > 0 {
            tracing::info!("mail goes out again");
        }
    }
}

/// Removes a letter that was sent. No other letter is sent until that succeeds, since this one would be sent again.
async fn remove(accounts: &Accounts, claimed: &Claimed) {
    loop {
        let letter = claimed.clone();
        match accounts.write_for_anyone(&Source::system(), move |work| claim::sent(work, &letter)).await {
            Ok(()) => return,
            Err(error) => error.log("a letter that was sent is still in the queue"),
        }
        tokio::time::sleep(FIRST_PAUSE).await;
    }
}

/// Handles a letter that the mail server did not accept: gives it up or tries it later.
async fn refused(accounts: &Accounts, claimed: Claimed, error: &Error) -> db::Result<()> {
    let error = error.clone();
    let refuse = move |work: &mut Work<'_>| {
        let now = db::now();
        if error.is_final() || claimed.give_up_at <= now {
            return end(work, &claimed, &error.to_string());
        }
        let nth = usize::try_from(claimed.tries - 1).unwrap_or_default().min(WAITS.len() - 1);
        claim::put_off(work, &claimed, now + chrono::Duration::seconds(WAITS[nth]), &error.to_string())
    };
    accounts.write_for_anyone(&Source::system(), refuse).await
}

fn end(work: &mut Work<'_>, claimed: &Claimed, why: &str) -> db::Result<()> {
    give_up(work, &claimed.id, claimed.user_id.as_deref(), &claimed.kind, why)
}

fn waits_for_database(error: &db::Error) -> Next {
    error.log("mail waits");
    Next::After(FIRST_PAUSE)
}
