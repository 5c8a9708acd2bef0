//! People who log in, look at their account and log out, one after the other, until a test has seen enough.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use crate::support::{Client, Reply, wait_for};

/// Who they are, each with a browser of their own.
const PEOPLE: [(&str, &str); 4] =
    [("admin", "password"), ("python", "python"), ("jumpiness", "python"), ("roy", "roy")];

/// What a proxy says when a node has gone away with the request.
const GONE: [u16; 2] = [502, 504];

/// What they were answered so far.
pub struct Load {
    /// What nobody may be answered.
    wrong: Mutex<Vec<String>>,
    /// When the requests began that were lost.
    lost: Mutex<Vec<Instant>>,
    /// How often each has logged in, and out again.
    rounds: [AtomicUsize; PEOPLE.len()],
    is_over: AtomicBool,
    /// What an answer may be beside the right one.
    excused: &'static [u16],
}

impl Load {
    /// Lets people come by as long as the rest goes on, and answers what became of it. They may be answered one of
    /// these statuses, beside the right one.
    pub fn during(browser: &Client, excused: &'static [u16], rest: impl FnOnce(&Load)) -> Load {
        let load = Load {
            wrong: Mutex::default(),
            lost: Mutex::default(),
            rounds: Default::default(),
            is_over: AtomicBool::new(false),
            excused,
        };
        std::thread::scope(|scope| {
            for number in 0..PEOPLE.len() {
                let load = &load;
                scope.spawn(move || load.come_by(number, browser));
            }
            // They stop when the rest has failed, too.
            let _end = End(&load.is_over);
            load.goes_on();
            rest(&load);
            load.goes_on();
        });
        let wrong = std::mem::take(&mut *load.wrong.lock().unwrap_or_else(PoisonError::into_inner));
        assert!(wrong.is_empty(), "{wrong:#?}");
        load
    }

    /// Waits until everybody has logged in, and out again, some more times.
    pub fn goes_on(&self) {
        let before = self.done();
        wait_for("people to come by", || {
            assert!(self.wrong.lock().unwrap().is_empty(), "{:#?}", self.wrong.lock().unwrap());
            self.done().iter().zip(&before).all(|(now, before)| *now >= before + 3).then_some(())
        });
    }

    fn done(&self) -> Vec<usize> {
        self.rounds.iter().map(|rounds| rounds.load(Ordering::Relaxed)).collect()
    }

    /// When the requests began that a node has taken with it.
    pub fn lost(&self) -> Vec<Instant> {
        self.lost.lock().unwrap().clone()
    }

    fn come_by(&self, number: usize, browser: &Client) {
        let (name, password) = PEOPLE[number];
        while !self.is_over.load(Ordering::Relaxed) {
            let mut browser = browser.clone();
            let logs_in = |b: &mut Client| b.log_in(name, password);
            let is_known = |b: &mut Client| b.get("/account");
            let right = |reply: &Reply| reply.status == 200 && reply.says(name);
            let known = self.asked("logs in", &mut browser, logs_in, |reply| reply.leads_to() == (303, "/"))
                && self.asked("is known", &mut browser, is_known, right)
                && self.asked("is still known", &mut browser, is_known, right);
            // A session that was not ended, because a request was lost, is none of this person any more.
            if known && self.asked("logs out", &mut browser, |b| b.get("/logout"), |r| r.leads_to() == (303, "/login"))
            {
                self.rounds[number].fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// Whether the answer was the right one. What else it was is noted.
    fn asked(
        &self,
        what: &str,
        browser: &mut Client,
        ask: impl FnOnce(&mut Client) -> Reply,
        is_right: impl FnOnce(&Reply) -> bool,
    ) -> bool {
        let began = Instant::now();
        let reply = ask(browser);
        if is_right(&reply) {
            return true;
        }
        if GONE.contains(&reply.status) {
            self.lost.lock().unwrap().push(began);
        } else if !self.excused.contains(&reply.status) {
            self.wrong.lock().unwrap().push(format!("who {what} was answered {reply:?}"));
        }
        false
    }
}

/// Ends the load when it is dropped.
struct End<'a>(&'a AtomicBool);

impl Drop for End<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
