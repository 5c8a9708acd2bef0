//! The threads that hash: one for each core, at a low priority, so that whatever else the server does goes first.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, mpsc};

use rustix::process::setpriority_process;
use rustix::thread::gettid;

/// How nice these threads are to others, on the scale of `nice`, which ends at 19.
const NICENESS: i32 = 10;

type Job = Box<dyn FnOnce() + Send>;

/// The threads: they start with the first job, and end when the last of these is dropped.
#[derive(Debug, Clone)]
pub(super) struct Threads {
    count: usize,
    jobs: Arc<OnceLock<mpsc::Sender<Job>>>,
}

impl Threads {
    /// As many threads as `count`, started with the first job.
    pub(super) fn new(count: usize) -> Threads {
        Threads { count, jobs: Arc::default() }
    }

    fn start(count: usize) -> mpsc::Sender<Job> {
        let (sender, receiver) = mpsc::channel::<Job>();
        let receiver = Arc::new(Mutex::new(receiver));
        for number in 1..=count {
            let receiver = Arc::clone(&receiver);
            let work = move || {
                // Where the system refuses, hashing goes on as everything else does.
                let _ = setpriority_process(Some(gettid()), NICENESS);
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
        let job = Box::new(move || drop(answer.send(work())));
        self.jobs.get_or_init(|| Threads::start(self.count)).send(job).expect("the threads live as long as this");
        done.await.expect("hashing does not panic")
    }
}

fn next(jobs: &Mutex<mpsc::Receiver<Job>>) -> Option<Job> {
    jobs.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}
