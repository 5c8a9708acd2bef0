//! Ending programs at random moments, as a power cut would.

use std::process::Child;
use std::time::Duration;

/// Kills a program at a random moment within this time, unless it has ended by then. Answers whether it ended by itself.
pub fn kill_within(mut child: Child, most: Duration) -> bool {
    let mut bytes = [0; 4];
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    std::thread::sleep(most.mul_f64(f64::from(u32::from_ne_bytes(bytes)) / f64::from(u32::MAX)));
    let _ = child.kill();
    child.wait().expect("it ends").success()
}
