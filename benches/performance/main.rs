//! `scripts/bench`: what the program reaches of what the machine can do, measured beside yardsticks in turns, so that
//! the machine's moods hit both alike. Each file below measures one group of figures.

mod admin;
mod asking;
mod attack;
mod client;
mod fill;
mod flood;
mod growth;
mod logins;
mod machine;
mod memory;
mod plan;
mod postgres;
mod process;
mod report;
mod seal;
mod slow;
mod statistics;
#[path = "../../tests/support/mod.rs"]
mod support;
mod throughput;
mod wrk;
mod yardsticks;
mod year;

use std::process::ExitCode;

use plan::Plan;
use report::Group;

type Measure = fn(&Plan) -> Group;

const GROUPS: &[(&str, Measure)] = &[
    ("throughput", throughput::measure),
    ("logins", logins::measure),
    ("flood", flood::measure),
    ("memory", memory::measure),
    ("growth", growth::measure),
    ("admin", admin::measure),
    ("slow", slow::measure),
];

fn main() -> ExitCode {
    // cargo adds --bench.
    let mut arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [yardstick, port] = arguments.as_slice()
        && yardstick == yardsticks::HELLO
    {
        yardsticks::say_hello(port.parse().expect("a port"));
        return ExitCode::SUCCESS;
    }
    let mut is_there = |option: &str| {
        let before = arguments.len();
        arguments.retain(|argument| argument != option);
        arguments.len() < before
    };
    let (short, on_postgres) = (is_there("--short"), is_there("--postgres"));
    let names: Vec<&str> =
        if on_postgres { postgres::GROUPS.into() } else { GROUPS.iter().map(|(name, _)| *name).collect() };
    if let Some(unknown) = arguments.iter().find(|argument| !names.contains(&argument.as_str())) {
        eprintln!("There is no group {unknown}: use any of {}, and --short.", names.join(", "));
        return ExitCode::from(2);
    }
    let plan = if short { Plan::short() } else { Plan::whole() };
    if on_postgres {
        postgres::run(&arguments, &plan, short);
        return ExitCode::SUCCESS;
    }
    let wanted = |name: &str| arguments.is_empty() || arguments.iter().any(|argument| argument == name);
    let mut groups = Vec::new();
    for (name, measure) in GROUPS.iter().filter(|(name, _)| wanted(name)) {
        eprintln!("Measuring {name} …");
        groups.push(measure(&plan));
    }
    print!("{}", report::table(&groups));
    // A page of some figures, or of hasty ones, would take the place of one with all.
    if arguments.is_empty() && !short {
        report::write(&groups, &plan);
    }
    ExitCode::SUCCESS
}
