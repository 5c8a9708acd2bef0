//! `GET /healthz`, `GET /readyz`: for load balancers, containers and monitors. Nothing in the answers but the one word
//! helps a stranger; `http::probe` lets them through.

use rocket::http::Status;
use rocket::{Route, State, get, routes};

use crate::accounts::{Accounts, health};

/// The process runs and answers.
#[get("/healthz")]
fn show_health() -> &'static str {
    "ok\n"
}

/// It can read the database, whose schema is the one that it knows.
#[get("/readyz")]
async fn show_readiness(accounts: &State<Accounts>) -> (Status, &'static str) {
    if health::is_ready(accounts).await { (Status::Ok, "ok\n") } else { (Status::ServiceUnavailable, "unavailable\n") }
}

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    routes![show_health, show_readiness]
}
