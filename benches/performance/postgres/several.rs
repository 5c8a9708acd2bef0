//! How much one, two and three nodes on one database do.

use crate::fill;
use crate::logins::{self, log_in};
use crate::plan::Plan;
use crate::report::{Figure, Group, Unit};
use crate::seal::{Seal, new_secret};
use crate::statistics::median;
use crate::support::Server;
use crate::wrk::Load;
use crate::{machine, yardsticks};

const HOW: &str = "\
    All nodes, PostgreSQL and whoever asks share the cores of this machine, so more nodes do no more here than one: what \
    these rows show is that they don't get into each other's way. Session checks: a `wrk` with 32 connections for each \
    node, 10,000 sessions of 100 accounts in turn. Logins: 16 clients, spread over the nodes, at cost 12; in turns with \
    them nothing but bcrypt on all cores. The limits of attempts are lifted by configuration.";

const ACCOUNTS: usize = 100;
const SESSIONS: usize = 100;

/// Nodes on one database.
pub struct Nodes(Vec<Server>);

impl Nodes {
    /// As many as there are.
    pub const MOST: usize = 3;

    /// On the database of a server that does not run yet.
    pub fn start(mut first: Server, settings: impl Fn(Server) -> Server) -> Nodes {
        first.start(&["serve"]);
        let others = (1..Nodes::MOST).map(|_| settings(first.another_node()).and_start()).collect::<Vec<_>>();
        Nodes(std::iter::once(first).chain(others).collect())
    }

    pub fn first(&self) -> &Server {
        &self.0[0]
    }

    /// Where so many of them listen.
    pub fn ports(&self, number: usize) -> Vec<u16> {
        self.0[..number].iter().map(|node| node.port).collect()
    }
}

/// How many.
pub fn in_words(nodes: usize) -> &'static str {
    ["one node", "two nodes", "three nodes"][nodes - 1]
}

/// What they do, and what bcrypt alone does.
pub struct Several {
    checks: [Vec<f64>; Nodes::MOST],
    logins: [Vec<f64>; Nodes::MOST],
    refused: usize,
    bcrypt: Vec<f64>,
}

impl Several {
    pub fn measure(plan: &Plan) -> Several {
        let settings = |node: Server| node.without("ROCKET_WORKERS").without("VESTIBULE_BCRYPT_COST");
        let first = settings(Server::prepare()).and_seed();
        fill::accounts(&first, ACCOUNTS);
        let seal = Seal::of(&first);
        let sessions = fill::sessions(&first, (0..ACCOUNTS * SESSIONS).map(|number| number % ACCOUNTS));
        let cookies: Vec<String> = sessions.iter().map(|session| seal.browser(session, &new_secret())).collect();
        let load = Load::of("/").with("Accept: application/json").rotating(&cookies, first.folder());
        let nodes = Nodes::start(first, settings);
        let mut seen =
            Several { checks: Default::default(), logins: Default::default(), refused: 0, bcrypt: Vec::new() };
        for round in 0..=plan.rounds {
            for number in 1..=Nodes::MOST {
                let checks = check_at(&nodes.ports(number), &load, plan);
                // The first round warms up.
                if round > 0 {
                    seen.checks[number - 1].push(checks);
                }
            }
        }
        for _ in 0..plan.rounds {
            seen.bcrypt.push(yardsticks::bcrypt_on_all_cores(logins::COST, plan.hashing));
            for number in 1..=Nodes::MOST {
                let (logins, refused) = log_in(&nodes.ports(number), plan.hashing);
                seen.logins[number - 1].push(logins);
                seen.refused += refused;
            }
        }
        seen
    }

    pub fn group(&self) -> Group {
        let rates = |what: &str, all: &[Vec<f64>; Nodes::MOST]| {
            let figure = |(more, rates): (usize, &Vec<f64>)| {
                Figure::new(&format!("{what}, {}", in_words(more + 1)), Unit::PerSecond, rates.clone(), None)
            };
            all.iter().enumerate().map(figure).collect::<Vec<_>>()
        };
        let mut figures = rates("Session checks", &self.checks);
        figures.extend(rates("Logins", &self.logins));
        figures.push(Figure::new("Bare bcrypt", Unit::PerSecond, self.bcrypt.clone(), None));
        figures.push(Figure::new("Logins that were refused, in all", Unit::Count, [self.refused as f64], None));
        Group { title: "One, two and three nodes on one database", how: HOW, figures }
    }

    /// How many passwords a core checks in a second.
    pub fn bcrypt_of_a_core(&self) -> f64 {
        median(&self.bcrypt).expect("there are some") / machine::cores() as f64
    }
}

/// Session checks a second at all these nodes together.
fn check_at(ports: &[u16], load: &Load, plan: &Plan) -> f64 {
    std::thread::scope(|scope| {
        let runs: Vec<_> = ports.iter().map(|port| scope.spawn(|| load.run(*port, plan.run).per_second)).collect();
        runs.into_iter().map(|run| run.join().expect("it ends")).sum()
    })
}
