//! The threads that hash: one for each core, at a low priority, so that whatever else the server does goes first. And
//! those of an import, which go last.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, mpsc};

use rustix::process::setpriority_process;
use rustix::thread::gettid;

use super::metrics::QueueNumbers;

/// How nice these threads are to others, on the scale of `nice`.
const NICENESS: i32 = 10;

/// The end of that scale.
const NICEST: i32 = 19;

type Job = Box<dyn FnOnce() + Send>;

/// The threads: they start with the first job, and end when the last of these is dropped.
#[derive(Debug, Clone)]
pub(super) struct Threads {
    count: usize,
    jobs: Arc<OnceLock<mpsc::Sender<Job>>>,
    numbers: Arc<QueueNumbers>,
}

impl Threads {
    /// As many threads as `count`, started with the first job.
    pub(super) fn new(count: usize) -> Threads {
        Threads { count, jobs: Arc::default(), numbers: Arc::default() }
    }

    /// How many wait for a thread, and how long they did.
    pub(super) fn numbers(&self) -> &QueueNumbers {
        &self.numbers
    }

    fn start(count: usize) -> mpsc::Sender<Job> {
        let (sender, receiver) = mpsc::channel::<Job>();
        let receiver = Arc::new(Mutex::new(receiver));
        for number in 1..=count {
            let receiver = Arc::clone(&receiver);
            let work = move || {
                be_nice(NICENESS);
                while let Some(job) = next(&receiver) {
                    // Whoever waits for the answer notices; the thread goes on.
                    let _ = catch_unwind(AssertUnwindSafe(job));
                }
            };
            let started = std::thread::Builder::new().name(format!("hashing-{number}")).spawn(work);
            started.expect("the system starts as many threads as it has cores");
        }
        sender
    }

    /// Runs something when it is its turn, in the order of arrival. It runs even when nobody waits for the answer.
    pub(super) async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> T {
        let (answer, done) = tokio::sync::oneshot::channel();
        let waiting = QueueNumbers::wait(&self.numbers);
        let job = Box::new(move || {
            drop(waiting);
            drop(answer.send(work()));
        });
        self.jobs.get_or_init(|| Threads::start(self.count)).send(job).expect("the threads live as long as this");
        done.await.expect("hashing does not panic")
    }
}

/// Where the system refuses, the thread goes on as everything else does.
fn be_nice(niceness: i32) {
    let _ = setpriority_process(Some(gettid()), niceness);
}

/// Works on many things at once for somebody who waits for all of them, at the lowest priority: logins go first. One core
/// is left free, if there is another one. What is made of them comes in their order.
pub(in crate::accounts) fn in_background<T: Sync, U: Send>(all: &[T], work: impl Fn(&T) -> U + Sync) -> Vec<U> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let work_on_some = || {
        be_nice(NICEST);
        let numbers = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
        let some = numbers.map_while(|number| all.get(number).map(|one| (number, work(one))));
        some.collect::<Vec<_>>()
    };
    let mut done: Vec<(usize, U)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..(cores - 1).clamp(1, all.len().max(1))).map(|_| scope.spawn(work_on_some)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("hashing does not panic")).collect()
    });
    done.sort_unstable_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, made)| made).collect()
}

fn next(jobs: &Mutex<mpsc::Receiver<Job>>) -> Option<Job> {
    jobs.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

#[cfg(test)]
mod tests {
    use rustix::process::getpriority_process;

    use super::*;

    #[test]
    fn work_in_the_background_goes_last_and_comes_in_its_order() {
        let nice = |number: &i32| (*number, getpriority_process(Some(gettid())).unwrap());
        let all: Vec<i32> = (0..100).collect();
        let expected: Vec<_> = all.iter().map(|number| (*number, NICEST)).collect();
        assert_eq!(in_background(&all, nice), expected);
        assert_eq!(in_background(&[], nice), []);
        assert_ne!(getpriority_process(Some(gettid())).unwrap(), NICEST, "whoever waits stays as they are");
    }
}
