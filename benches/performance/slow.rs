//! Whether the program answers while hundreds of connections are slow on purpose.

use std::net::Ipv4Addr;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::asking::Asker;
use crate::client;
use crate::fill;
use crate::plan::Plan;
use crate::process::{Running, highest, open_files};
use crate::report::{Figure, Group, Target, Unit};
use crate::seal::{Seal, new_secret};
use crate::support::Server;

const HOW: &str = "\
    `slowhttptest` opens 500 connections, 250 a second, again whenever it has none left: it sends headers line by \
    line (`-H`), a body bit by bit (`-B`), or reads a long answer a few bytes at a time (`-X`). With the defaults of \
    every setting. While they are open, a session is checked every 100 ms from elsewhere, each time on a new \
    connection; a check has failed after 5 s. Of one round.";

/// A name, the arguments that make the attack, and the address that it asks for.
const ATTACKS: &[(&str, &[&str], &str)] = &[
    ("500 slow headers", &["-H", "-i", "2", "-x", "24", "-t", "GET"], "/"),
    ("500 slow bodies", &["-B", "-i", "2", "-x", "10", "-s", "8192", "-t", "POST"], "/login"),
    ("500 slow readers", &["-X", "-w", "10", "-y", "20", "-n", "2", "-z", "1", "-k", "3"], "/api/v1/openapi.json"),
];

pub fn measure(plan: &Plan) -> Group {
    let mut server =
        Server::prepare().with_real_limits().without("VESTIBULE_BCRYPT_COST").without("ROCKET_WORKERS").and_seed();
    fill::accounts(&server, 1);
    let session = Seal::of(&server).browser(&fill::sessions(&server, [0])[0], &new_secret());
    server.start(&["serve"]);
    let figures = ATTACKS.iter().flat_map(|attack| under(attack, &server, &session, plan)).collect();
    Group { title: "Slow connections", how: HOW, figures }
}

fn under(attack: &(&str, &[&str], &str), server: &Server, session: &str, plan: &Plan) -> [Figure; 3] {
    let (name, arguments, path) = attack;
    let headers = ["Accept: application/json".to_owned(), format!("Cookie: {session}")];
    let request = client::get(server.port, "/", &headers);
    let asker = Asker {
        port: server.port,
        request: &request,
        source: Ipv4Addr::new(127, 4, 0, 1),
        every: Duration::from_millis(100),
        lanes: 4,
        connects_anew: true,
    };
    let stop = AtomicBool::new(false);
    let (open, checks) = std::thread::scope(|scope| {
        let open = scope.spawn(|| highest(&stop, || open_files(server.id()) as f64));
        let checks = scope.spawn(|| asker.ask_until(&stop));
        let address = format!("http://127.0.0.1:{}{path}", server.port);
        attack_for(plan.slow, arguments, &address);
        stop.store(true, Ordering::Relaxed);
        (open.join().expect("it ends"), checks.join().expect("it ends"))
    });
    [
        Figure::new(
            &format!("{name}: checks failed, of {}", checks.times.len() + checks.failed),
            Unit::Count,
            [checks.failed as f64],
            Target::AtMost(0.0),
        ),
        Figure::new(&format!("{name}: 99th percentile"), Unit::Milliseconds, checks.percentile(99.0), None),
        Figure::new(&format!("{name}: most files open in the server"), Unit::Count, [open], None),
    ]
}

fn attack_for(lasting: Duration, arguments: &[&str], address: &str) {
    let end = Instant::now() + lasting;
    while Instant::now() < end {
        let mut command = Command::new("slowhttptest");
        command.args(arguments).args(["-c", "500", "-r", "250", "-p", "5", "-u", address]);
        command.arg("-l").arg(lasting.as_secs().to_string());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut attack = Running(command.spawn().expect("slowhttptest runs: scripts/bench installs it"));
        while Instant::now() < end && attack.0.try_wait().expect("it can be asked").is_none() {
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}
