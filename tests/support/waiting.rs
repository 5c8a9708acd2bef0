//! Waiting, for no longer than a test has patience.

use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// How long anything may take before a test gives up on it. The claim of a mail worker that was killed holds for 30 seconds,
/// so it is several times that.
const PATIENCE: Duration = Duration::from_secs(120);

/// Starts a program. A copy that was made a moment ago is busy while another test starts one of its own.
pub fn spawn(command: &mut Command) -> Child {
    wait_for("the program not to be busy", || match command.spawn() {
        Err(error) if error.kind() == std::io::ErrorKind::ExecutableFileBusy => None,
        started => Some(started.expect("it starts")),
    })
}

/// Asks again and again until there is an answer.
#[track_caller]
pub fn wait_for<T>(what: &str, mut answer: impl FnMut() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(answer) = answer() {
            return answer;
        }
        assert!(started.elapsed() < PATIENCE, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
