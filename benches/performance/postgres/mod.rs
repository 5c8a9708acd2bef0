//! `scripts/bench --postgres`: the same on PostgreSQL, by one node and by several, and what follows from it for ten
//! million accounts.

mod clients;
mod copying;
mod costs;
mod engine;
mod growing;
mod kinds;
mod several;
mod sizes;

use costs::Costs;
use engine::Engine;
use growing::Figures;
use several::{Nodes, Several};
use sizes::Sizes;

use crate::plan::Plan;
use crate::support::{Server, postgres};
use crate::{report, throughput};

/// What may be asked for, to measure only that.
pub const GROUPS: [&str; 4] = ["throughput", "nodes", "database", "copy"];

/// Measures some of it, or all, and prints it. A whole run is written into `docs/performance.md` too.
pub fn run(wanted: &[String], plan: &Plan, is_short: bool) {
    assert!(postgres::cluster().is_some(), "scripts/bench --postgres starts a cluster for it");
    let wants = |name: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name);
    let begin = |name: &str| {
        if wants(name) {
            eprintln!("Measuring {name} on PostgreSQL …");
        }
        wants(name)
    };
    let throughput = begin("throughput").then(|| throughput::measure(plan));
    let several = begin("nodes").then(|| Several::measure(plan));
    let database = begin("database").then(|| measure_database(plan));
    let copy = begin("copy").then(|| copying::measure(plan));
    let mut groups = Vec::from_iter(throughput);
    groups.extend(several.as_ref().map(Several::group));
    groups.extend(database.iter().flat_map(|(costs, sizes)| [costs.group(), sizes.group()]));
    groups.extend(copy);
    print!("{}", report::table(&groups));
    if let (Some(several), Some((costs, sizes))) = (&several, &database) {
        let plan_for_many = growing::in_words(&Figures::of(several, costs, sizes));
        println!("\n{plan_for_many}");
        if wanted.is_empty() && !is_short {
            report::write_postgres(&groups, plan, &engine(), &plan_for_many);
        }
    }
}

/// What requests cost, and rows take, in a large database.
fn measure_database(plan: &Plan) -> (Costs, Sizes) {
    let settings = |node: Server| node.without("ROCKET_WORKERS");
    let first = settings(Server::prepare()).and_seed();
    let sizes = Sizes::of_filling(&first, plan.large);
    let nodes = Nodes::start(first, settings);
    (Costs::measure(&nodes, plan), sizes)
}

/// What the figures were measured with.
fn engine() -> String {
    let server = Server::migrated();
    Engine::of(&server).in_words()
}
