//! How many logins the program does, of those that bcrypt alone could on all cores.

use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rocket::futures::future::join_all;

use crate::client::{self, Connection};
use crate::fill;
use crate::plan::Plan;
use crate::report::{Figure, Group, Target, Unit};
use crate::statistics::rate;
use crate::support::Server;
use crate::yardsticks;

const HOW: &str = "\
    16 clients, each from an address and with an account of its own, log in with the right password again and again \
    at cost 12; in turns with them one thread per core does nothing but bcrypt at cost 12. The limits of attempts \
    are lifted by configuration (`VESTIBULE_NETWORK_LOGINS`, `VESTIBULE_ATTEMPTS_FREE`, \
    `VESTIBULE_ATTEMPTS_PER_DAY`).";

/// Who logs in at the same time, each with an account of its own.
pub const CLIENTS: u8 = 16;

/// What passwords cost without any setting.
pub const COST: u32 = 12;

pub fn measure(plan: &Plan) -> Group {
    let mut server =
        Server::prepare().with("VESTIBULE_BCRYPT_COST", &COST.to_string()).without("ROCKET_WORKERS").and_seed();
    fill::accounts(&server, CLIENTS.into());
    server.start(&["serve"]);
    let (mut ratios, mut limits, mut refused) = (Vec::new(), Vec::new(), 0);
    for _ in 0..plan.rounds {
        let limit = yardsticks::bcrypt_on_all_cores(COST, plan.hashing);
        let (logins, refusals) = log_in(&[server.port], plan.hashing);
        ratios.push(logins / limit);
        limits.push(limit);
        refused += refusals;
    }
    let figures = vec![
        Figure::new("16 clients log in", Unit::Times, ratios, Target::AtLeast(0.95)),
        Figure::new("Logins that were refused, in all", Unit::Count, [refused as f64], None),
        Figure::new("Bare bcrypt", Unit::PerSecond, limits, None),
    ];
    Group { title: "Logins / bcrypt's limit on all cores", how: HOW, figures }
}

/// How many logins a second, spread over the nodes at these ports, and how many were refused.
pub fn log_in(ports: &[u16], lasting: Duration) -> (f64, usize) {
    let refused = AtomicUsize::new(0);
    let began = Instant::now();
    let end = began + lasting;
    let finished: Vec<Instant> = client::runtime().block_on(async {
        let port = |number: u8| ports[usize::from(number) % ports.len()];
        let clients: Vec<_> = (0..CLIENTS).map(|number| one_client(port(number), number, end, &refused)).collect();
        let finished = join_all(clients).await;
        finished.into_iter().flatten().collect()
    });
    (rate(began, &finished), refused.into_inner())
}

async fn one_client(port: u16, number: u8, end: Instant, refused: &AtomicUsize) -> Vec<Instant> {
    let source = Ipv4Addr::new(127, 3, 0, number + 1);
    let request = client::login(port, None, &fill::name(number.into()), fill::PASSWORD);
    let mut connection = None;
    let mut finished = Vec::new();
    while Instant::now() < end {
        let mut open = match connection.take() {
            Some(open) => open,
            None => Connection::open(source, port).await.expect("the server listens"),
        };
        match tokio::time::timeout_at(end.into(), open.ask(&request)).await {
            Ok(Ok(200)) => finished.push(Instant::now()),
            Ok(_) => {
                refused.fetch_add(1, Ordering::Relaxed);
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
            Err(_) => break,
        }
        connection = Some(open);
    }
    finished
}
