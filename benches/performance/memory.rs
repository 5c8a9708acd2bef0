//! What the program weighs: its file, its memory, and the time that it takes to start.

use std::net::Ipv4Addr;
use std::process::Stdio;
use std::time::{Duration, Instant};

use rocket::futures::future::join_all;

use crate::client::{self, ANYWHERE, Connection};
use crate::fill;
use crate::plan::Plan;
use crate::process::{Running, free_port, memory};
use crate::report::{Figure, Group, Target, Unit};
use crate::seal::{Seal, new_secret};
use crate::support::Server;

const HOW: &str = "\
    Memory is what the process occupies (RSS), in millions of bytes; idle is two seconds after the start. Session \
    checks, home pages and login pages take turns on 32 connections; logins come from 8 addresses and 100 accounts \
    at cost 4, with the limits of attempts lifted by configuration (as for logins, above). The first answer counts \
    from the start of the process.";

pub fn measure(plan: &Plan) -> Group {
    let port = free_port();
    let server = Server::prepare().without("ROCKET_WORKERS").with("ROCKET_PORT", &port.to_string()).and_seed();
    let idle: Vec<f64> = (0..plan.rounds).map(|_| start(&server, port, Duration::from_secs(2)).memory).collect();
    fill::accounts(&server, plan.accounts);
    let first: Vec<f64> = (0..plan.rounds).map(|_| start(&server, port, Duration::ZERO).first_answer).collect();
    let (used, grown) = use_it(server, plan);
    let program = std::fs::metadata(env!("CARGO_BIN_EXE_vestibule")).expect("it is built").len();
    let size = program as f64 / 1e6;
    let many = format!("{} requests and {} logins", plan.requests, plan.logins);
    let figures = vec![
        Figure::new("Idle", Unit::Megabytes, idle, Target::AtMost(20.0)),
        Figure::new(&format!("After {many}, once"), Unit::Megabytes, [used], Target::AtMost(30.0)),
        Figure::new("Growth by the same again, once", Unit::Megabytes, [grown], Target::AtMost(1.0)),
        Figure::new(
            &format!("First answer, with {} accounts", plan.accounts),
            Unit::Milliseconds,
            first,
            Target::Below(100.0),
        ),
        Figure::new("The program's file", Unit::Megabytes, [size], Target::Below(20.0)),
    ];
    Group { title: "Memory, size and start", how: HOW, figures }
}

struct Start {
    /// Milliseconds.
    first_answer: f64,
    memory: f64,
}

/// Starts the server, waits for its first answer, leaves it alone for a while, and ends it.
fn start(server: &Server, port: u16, idle: Duration) -> Start {
    let request = client::get(port, "/login", &["Accept: text/html".to_owned()]);
    let runtime = client::runtime();
    let ask = || runtime.block_on(async { Connection::open(ANYWHERE, port).await?.ask(&request).await });
    let mut command = server.command(&["serve"]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let began = Instant::now();
    let process = Running(command.spawn().expect("it starts"));
    while !matches!(ask(), Ok(200)) {
        assert!(began.elapsed() < Duration::from_secs(60), "the server never answers");
        std::thread::sleep(Duration::from_millis(1));
    }
    let first_answer = began.elapsed().as_secs_f64() * 1000.0;
    std::thread::sleep(idle);
    let memory = memory(process.0.id());
    process.terminate();
    Start { first_answer, memory }
}

/// The memory after many requests and logins, and how much more it is after as many again.
fn use_it(mut server: Server, plan: &Plan) -> (f64, f64) {
    let session = Seal::of(&server).browser(&fill::sessions(&server, [0])[0], &new_secret());
    server.start(&["serve"]);
    let weigh = || {
        client::runtime().block_on(async {
            join_all((0..32).map(|_| visit(server.port, &session, plan.requests / 32))).await;
            join_all((0..8).map(|number| log_in(server.port, number, plan.logins / 8))).await;
        });
        memory(server.id())
    };
    let used = weigh();
    (used, weigh() - used)
}

async fn visit(port: u16, session: &str, times: usize) {
    let cookie = format!("Cookie: {session}");
    let requests = [
        client::get(port, "/", &["Accept: application/json".to_owned(), cookie.clone()]),
        client::get(port, "/", &["Accept: text/html".to_owned(), cookie]),
        client::get(port, "/login", &["Accept: text/html".to_owned(), "Accept-Encoding: gzip".to_owned()]),
    ];
    let mut connection = Connection::open(ANYWHERE, port).await.expect("the server listens");
    for request in requests.iter().cycle().take(times) {
        assert_eq!(connection.ask(request).await.expect("an answer"), 200);
    }
}

async fn log_in(port: u16, number: u8, times: usize) {
    let source = Ipv4Addr::new(127, 3, 0, number + 1);
    let mut connection = Connection::open(source, port).await.expect("the server listens");
    for time in 0..times {
        let account = fill::name((time * 8 + usize::from(number)) % 100);
        let request = client::login(port, None, &account, fill::PASSWORD);
        assert_eq!(connection.ask(&request).await.expect("an answer"), 200, "{account} logs in");
    }
}
