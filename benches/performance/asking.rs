//! A request at a fixed rate, whatever becomes of the one before. Its time counts from the moment at which it was due,
//! not from when it could be sent, so that a server which stands still for a while doesn't hide how many that hit.

use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;

use crate::client::{self, Connection};
use crate::statistics::{milliseconds, percentile};

/// A check that takes longer than this is late.
const LATE: f64 = 100.0;

/// A check that takes longer than this has failed.
const PATIENCE: Duration = Duration::from_secs(5);

/// Who asks for what, and how often.
pub struct Asker<'a> {
    pub port: u16,
    pub request: &'a [u8],
    pub source: Ipv4Addr,
    pub every: Duration,
    /// How many wait for answers at the same time.
    pub lanes: u32,
    /// Whether each request comes on a connection of its own.
    pub connects_anew: bool,
}

/// What came of it.
#[derive(Default)]
pub struct Checks {
    /// Milliseconds.
    pub times: Vec<f64>,
    /// Those without an answer, or with another one than success.
    pub failed: usize,
}

impl Checks {
    pub fn late_or_failed(&self) -> usize {
        self.failed + self.times.iter().filter(|time| **time > LATE).count()
    }

    pub fn percentile(&self, percent: f64) -> Option<f64> {
        percentile(&self.times, percent)
    }
}

impl Asker<'_> {
    /// Asks until told to stop.
    pub fn ask_until(&self, stop: &AtomicBool) -> Checks {
        let start = Instant::now();
        let mut all = Checks::default();
        std::thread::scope(|scope| {
            let lanes: Vec<_> =
                (0..self.lanes).map(|lane| scope.spawn(move || self.lane(start + self.every * lane, stop))).collect();
            for lane in lanes {
                let checks = lane.join().expect("it ends");
                all.times.extend(checks.times);
                all.failed += checks.failed;
            }
        });
        all
    }

    fn lane(&self, start: Instant, stop: &AtomicBool) -> Checks {
        let runtime = client::runtime();
        let mut connection = None;
        let (mut checks, mut due) = (Checks::default(), start);
        while !stop.load(Ordering::Relaxed) {
            // The timers of tokio are too coarse.
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            match self.ask(&runtime, &mut connection) {
                Some(200) => checks.times.extend(milliseconds([due.elapsed()])),
                _ => checks.failed += 1,
            }
            due += self.every * self.lanes;
        }
        checks
    }

    fn ask(&self, runtime: &Runtime, connection: &mut Option<Connection>) -> Option<u16> {
        let mut open = connection.take();
        let answer = async {
            let mut open = match open.take() {
                Some(open) => open,
                None => Connection::open(self.source, self.port).await?,
            };
            let status = open.ask(self.request).await?;
            Ok::<_, std::io::Error>((status, open))
        };
        let (status, open) = runtime.block_on(async { tokio::time::timeout(PATIENCE, answer).await }).ok()?.ok()?;
        *connection = Some(open).filter(|_| !self.connects_anew);
        Some(status)
    }
}
