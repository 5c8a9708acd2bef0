//! `GET /healthz`, `GET /readyz`: for load balancers, containers and monitors. Each answer is a single word, so that it
//! tells strangers as little as possible; `http::probe` lets these requests through under any host name.

use rocket::http::Status;
use rocket::{Route, State, get, routes};

use crate::accounts::{Accounts, health};

/// The process runs and answers requests.
#[get("/healthz")]
fn show_health() -> &'static str {
    "ok\n"
}

/// The server can read the database, and the schema is the one that this version expects.
#[get("/readyz")]
async fn show_readiness(accounts: &State<Accounts>) -> (Status, &'static str) {
    if health::is_ready(accounts).await { (Status::Ok, "ok\n") } else { (Status::ServiceUnavailable, "unavailable\n") }
}

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    routes![show_health, show_readiness]
}
