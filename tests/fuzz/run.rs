//! Gives a reader one made-up input after another until its time is over, and looks at the memory that it keeps.

use std::time::{Duration, Instant};

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// How many inputs come from one seed.
const BATCH: u32 = 256;

/// How much memory may be kept in the end that was not kept in the beginning, in KiB.
const MOST_GROWTH: u64 = 16 * 1024;

/// Tries a property of what runs inside this process.
///
/// `FUZZ_SECONDS` says for how long (2 unless it is set), `FUZZ_SEED` where to begin (with 0 unless it is set).
#[track_caller]
pub fn fuzz<S: Strategy>(inputs: S, property: impl Fn(S::Value)) {
    fuzz_process(std::process::id(), inputs, property);
}

/// The same for what another process does, whose memory counts.
#[track_caller]
pub fn fuzz_process<S: Strategy>(process: u32, inputs: S, property: impl Fn(S::Value)) {
    let alone = from_environment("FUZZ_SECONDS");
    let patience = Duration::from_secs(alone.unwrap_or(2));
    let seed = from_environment("FUZZ_SEED").unwrap_or(0);
    let (started, mut count, mut before) = (Instant::now(), 0, None);
    while started.elapsed() < patience {
        // Nothing is written down for the next time: the shortest input that fails belongs into a test of its own.
        let config = Config { cases: BATCH, failure_persistence: None, ..Config::default() };
        let mut runner = TestRunner::new_with_rng(config, random(seed, count));
        let tried = runner.run(&inputs, |input| {
            property(input);
            Ok(())
        });
        if let Err(failure) = tried {
            panic!("after {count} inputs from FUZZ_SEED={seed}: {failure}");
        }
        count += u64::from(BATCH);
        // By then everything that is made once has been made.
        if before.is_none() && started.elapsed() > patience / 10 {
            before = Some(resident(process));
        }
    }
    let (before, after) = (before.unwrap_or_default(), resident(process));
    let name = std::thread::current().name().unwrap_or_default().to_owned();
    println!("{name}: {count} inputs from FUZZ_SEED={seed}; resident: {before} KiB, in the end {after} KiB");
    // Beside others it is not known who keeps it.
    assert!(
        alone.is_none() || after <= before + MOST_GROWTH,
        "memory grew from {before} KiB to {after} KiB in {count} inputs"
    );
}

fn from_environment(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is {text}; it has to be a number")))
}

fn random(seed: u64, count: u64) -> TestRng {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    bytes[8..16].copy_from_slice(&count.to_le_bytes());
    TestRng::from_seed(RngAlgorithm::ChaCha, &bytes)
}

/// The memory of a process that is not swapped out, in KiB.
fn resident(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("the process runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("Linux tells it");
    line.trim().trim_end_matches(" kB").parse().expect("a number")
}
