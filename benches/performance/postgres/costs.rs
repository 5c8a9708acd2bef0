//! What PostgreSQL does for each request that asks it, which does not depend on what else shares the processor.

use std::time::Duration;

use super::clients::{Client, ask};
use super::engine::Engine;
use super::kinds;
use super::several::Nodes;
use crate::machine;
use crate::plan::Plan;
use crate::report::{Figure, Group, Unit};
use crate::statistics::median;

const HOW: &str = "\
    In the database that was filled for the sizes below. 32 clients ask one, two and three nodes as fast as they can, \
    at cost 4, with the limits of attempts and changes lifted by configuration; a session is checked that nobody has \
    asked about within the last second. The processor time is that of all processes of PostgreSQL (user and kernel, \
    from `/proc/PID/stat`), for each answer. The write lock is looked at some thousand times a second while one client \
    asks one node: the part of the time for which it is held, for each answer. The last use of a session is noted once \
    a minute: that of up to 500 sessions together, once a second by each node.";

/// What a kind of request costs.
pub struct Kind {
    what: &'static str,
    /// Whether it changes anything.
    writes: bool,
    clients: Vec<Client>,
    /// How many a second there were at one, two and three nodes.
    rates: [Vec<f64>; Nodes::MOST],
    /// Milliseconds.
    processor: Vec<f64>,
    held: Vec<f64>,
}

/// All of it.
pub struct Costs {
    pub check: Kind,
    pub login: Kind,
    pub refresh: Kind,
    pub todo: Kind,
    /// Milliseconds for which the lock is held to note a use of a session.
    noting: Vec<f64>,
    /// Milliseconds that a commit takes.
    commits: Vec<f64>,
}

impl Costs {
    pub fn measure(nodes: &Nodes, plan: &Plan) -> Costs {
        let first = nodes.first();
        let engine = Engine::of(first);
        let mut costs = Costs {
            check: Kind::new("session check", false, kinds::checks(first)),
            login: Kind::new("login", true, kinds::logins(plan.large)),
            refresh: Kind::new("refresh of tokens", true, kinds::refreshes(first)),
            todo: Kind::new("change of a todo", true, kinds::todos(first)),
            noting: Vec::new(),
            commits: Vec::new(),
        };
        engine.tidy_up();
        for round in 0..=plan.rounds {
            // As if each had been used just now, so that nothing has to be noted.
            kinds::note_uses(first, "0 minutes");
            for kind in [&mut costs.check, &mut costs.login, &mut costs.refresh, &mut costs.todo] {
                kind.measure(nodes, &engine, plan.asking, round == 0);
            }
            let commits = median(&engine.commits(100)).expect("there are some");
            kinds::note_uses(first, "-2 minutes");
            let checks = &mut costs.check.clients;
            let (held, asked) = engine.write_lock_during(|| ask(checks, &nodes.ports(1), 3 * plan.asking));
            let noting = held * asked.took.as_secs_f64() * 1000.0 / kinds::noted_uses(first);
            // The first round warms up.
            if round > 0 {
                costs.commits.push(commits);
                costs.noting.push(noting);
            }
        }
        costs
    }

    /// Milliseconds for which the write lock is held to note a use of a session.
    pub fn noting(&self) -> f64 {
        median(&self.noting).expect("there are some")
    }

    pub fn group(&self) -> Group {
        let kinds = [&self.check, &self.login, &self.refresh, &self.todo];
        let rates = kinds.iter().flat_map(|kind| {
            kind.rates.iter().enumerate().map(|(more, rates)| {
                let nodes = super::several::in_words(more + 1);
                Figure::new(&format!("A {}, {nodes}", kind.what), Unit::PerSecond, rates.clone(), None)
            })
        });
        let processor = kinds.iter().map(|kind| {
            let what = format!("Processor time of PostgreSQL for a {}", kind.what);
            Figure::new(&what, Unit::Milliseconds, kind.processor.clone(), None)
        });
        let held = kinds.iter().filter(|kind| kind.writes).map(|kind| {
            let what = format!("The write lock is held for a {}", kind.what);
            Figure::new(&what, Unit::Milliseconds, kind.held.clone(), None)
        });
        let others = [
            Figure::new(
                "The write lock is held to note a use of a session",
                Unit::Milliseconds,
                self.noting.clone(),
                None,
            ),
            Figure::new("A commit waits for the disk", Unit::Milliseconds, self.commits.clone(), None),
        ];
        let figures = rates.chain(processor).chain(held).chain(others).collect();
        Group { title: "What asks the database, with many accounts", how: HOW, figures }
    }
}

impl Kind {
    fn new(what: &'static str, writes: bool, clients: Vec<Client>) -> Kind {
        Kind { what, writes, clients, rates: Default::default(), processor: Vec::new(), held: Vec::new() }
    }

    fn measure(&mut self, nodes: &Nodes, engine: &Engine<'_>, lasting: Duration, warms_up: bool) {
        let before = engine.processor_time();
        let asked = [1, 2, 3].map(|number| ask(&mut self.clients, &nodes.ports(number), lasting));
        let used = engine.processor_time() - before;
        let held = self.writes.then(|| {
            let (held, asked) = engine.write_lock_during(|| ask(&mut self.clients[..1], &nodes.ports(1), lasting));
            held * asked.took.as_secs_f64() * 1000.0 / asked.requests as f64
        });
        if warms_up {
            return;
        }
        for (rates, asked) in self.rates.iter_mut().zip(&asked) {
            rates.push(asked.per_second);
        }
        self.processor.push(used / asked.iter().map(|asked| asked.requests).sum::<usize>() as f64);
        self.held.extend(held);
    }

    /// How many one node does in a second, for each core of the machine.
    pub fn of_a_core(&self) -> f64 {
        median(&self.rates[0]).expect("there are some") / machine::cores() as f64
    }

    /// Processor milliseconds of PostgreSQL for one.
    pub fn processor(&self) -> f64 {
        median(&self.processor).expect("there are some")
    }

    /// Milliseconds for which the write lock is held for one.
    pub fn held(&self) -> f64 {
        median(&self.held).expect("there are some")
    }
}
