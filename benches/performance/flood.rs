//! What becomes of everyone else while strangers make the program compute hashes as fast as they can.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::asking::{Asker, Checks};
use crate::attack::{Answer, Attacker, flood};
use crate::client::{self, ANYWHERE, Connection};
use crate::fill;
use crate::plan::Plan;
use crate::process::{highest, memory, time_answering};
use crate::report::{Figure, Group, Target, Unit};
use crate::seal::{Seal, new_secret};
use crate::statistics::{median, milliseconds};
use crate::support::{GOOD_PASSWORD, Server};

const HOW: &str = "\
    With the defaults of every setting; the server is restarted for each round. First 64 clients from 200 \
    networks (addresses of 127.0.0.0/8, so that no proxy need be trusted) log in as somebody else with each request; \
    then 200 connections from one address log in to one account with its right password, as 25 known devices. \
    Whoever attacks posts the next login as soon as the last is answered, and all of them are one thread of the \
    lowest priority, because a real flood would not use this machine's processor. During the flood a session is \
    checked 200 times a second: each check counts from the moment when it was due, is late after 100 ms and failed after 5 s. \
    The owner of another account logs in from elsewhere with a known device, once every three seconds; the slowest \
    login of each round counts. A login that failed counts as a minute. The processor time of a 503 is all that the threads \
    used which answer requests, session checks included, for each 503.";

/// Networks of the strangers.
const NETWORKS: u8 = 200;

/// How often the honest owner logs in, after half a second.
const OWNER_EVERY: Duration = Duration::from_secs(3);

/// A login that takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// What was seen in a round.
struct Round {
    checks: Checks,
    answers: Vec<Answer>,
    /// Processor milliseconds of the threads that answer.
    answering: f64,
    /// Memory, in megabytes.
    grown: f64,
    /// Milliseconds that the owner's logins took.
    owner: Vec<f64>,
}

pub fn measure(plan: &Plan) -> Group {
    let mut server =
        Server::prepare().with_real_limits().without("VESTIBULE_BCRYPT_COST").without("ROCKET_WORKERS").and_seed();
    for username in ["owner", "crowd"] {
        server.add_user(username);
    }
    fill::accounts(&server, 1);
    let seal = Seal::of(&server);
    let session = seal.browser(&fill::sessions(&server, [0])[0], &new_secret());
    let owner = seal.cookie("device", &fill::devices(&server, "owner", 1)[0]);
    let devices = fill::devices(&server, "crowd", 25);
    let devices = devices.iter().map(|secret| seal.cookie("device", secret)).collect();
    let mut figures = Vec::new();
    for (name, attackers) in [("200 networks", strangers()), ("One account, 25 devices", crowd(devices))] {
        let rounds: Vec<Round> =
            (0..plan.rounds).map(|_| round(&mut server, plan, &attackers, &session, &owner)).collect();
        figures.extend(self::figures(name, &rounds));
    }
    Group { title: "Floods of logins", how: HOW, figures }
}

/// 64 clients from many networks. No name comes twice.
fn strangers() -> Vec<Arc<Attacker>> {
    let attacker = |client: u8| {
        let networks = (client..NETWORKS).step_by(64);
        Arc::new(Attacker {
            sources: networks.map(|network| Ipv4Addr::new(127, 1, network, 1)).collect(),
            post: Box::new(move |port, number| {
                client::login(port, None, &format!("stranger{client}-{number}"), "correct horse battery")
            }),
        })
    };
    (0..64).map(attacker).collect()
}

/// 200 connections of one address, on which someone uses an account of their own.
fn crowd(devices: Vec<String>) -> Vec<Arc<Attacker>> {
    let devices = Arc::new(devices);
    let attacker = |connection: usize| {
        let devices = Arc::clone(&devices);
        Arc::new(Attacker {
            sources: vec![Ipv4Addr::new(127, 2, 0, 1)],
            post: Box::new(move |port, number| {
                let device = &devices[(connection + number) % devices.len()];
                client::login(port, Some(device), "crowd", GOOD_PASSWORD)
            }),
        })
    };
    (0..200).map(attacker).collect()
}

fn round(server: &mut Server, plan: &Plan, attackers: &[Arc<Attacker>], session: &str, owner: &str) -> Round {
    server.start(&["serve"]);
    let (port, process) = (server.port, server.id());
    let headers = ["Accept: application/json".to_owned(), format!("Cookie: {session}")];
    let request = client::get(port, "/", &headers);
    let every = Duration::from_millis(5);
    let asker = Asker { port, request: &request, source: ANYWHERE, every, lanes: 4, connects_anew: false };
    // Before the flood, for a second.
    let calm = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| asker.ask_until(&calm));
        std::thread::sleep(Duration::from_secs(1));
        calm.store(true, Ordering::Relaxed);
    });
    let (before, began) = (memory(process), time_answering(process));
    let stop = AtomicBool::new(false);
    let seen = std::thread::scope(|scope| {
        let attack = scope.spawn(|| flood(port, attackers.to_vec(), &stop));
        let peak = scope.spawn(|| highest(&stop, || memory(process)));
        let checks = scope.spawn(|| asker.ask_until(&stop));
        let owner = owner_logs_in(port, owner, plan.flood);
        let answering = time_answering(process) - began;
        stop.store(true, Ordering::Relaxed);
        Round {
            checks: checks.join().expect("it ends"),
            answers: attack.join().expect("it ends"),
            answering,
            grown: peak.join().expect("it ends") - before,
            owner,
        }
    });
    server.kill();
    seen
}

/// Logs in again and again, and does not stop before the last one is answered.
fn owner_logs_in(port: u16, device: &str, lasting: Duration) -> Vec<f64> {
    let start = Instant::now();
    let request = client::login(port, Some(device), "owner", GOOD_PASSWORD);
    let mut due = start + Duration::from_millis(500);
    let mut times = Vec::new();
    while due < start + lasting {
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        let began = Instant::now();
        let answer = async {
            let mut connection = Connection::open(Ipv4Addr::new(127, 4, 0, 1), port).await?;
            connection.ask(&request).await
        };
        let status = client::runtime().block_on(async { tokio::time::timeout(PATIENCE, answer).await });
        let fine = matches!(status, Ok(Ok(200)));
        times.extend(milliseconds([if fine { began.elapsed() } else { PATIENCE }]));
        due = Instant::now().max(due + OWNER_EVERY);
    }
    std::thread::sleep((start + lasting).saturating_duration_since(Instant::now()));
    times
}

fn figures(name: &str, rounds: &[Round]) -> Vec<Figure> {
    let figure = |what: &str, unit: Unit, values: Vec<f64>, target: Option<Target>| {
        Figure::new(&format!("{name}: {what}"), unit, values, target)
    };
    let of_checks = |percent: f64| rounds.iter().filter_map(|round| round.checks.percentile(percent)).collect();
    let answers = |status: u16| {
        let of_round = move |round: &Round| {
            milliseconds(round.answers.iter().filter(|answer| answer.status == Some(status)).map(|answer| answer.took))
        };
        rounds.iter().map(of_round).collect::<Vec<_>>()
    };
    let late = rounds.iter().map(|round| round.checks.late_or_failed() as f64).sum();
    let grown = rounds.iter().map(|round| round.grown).collect();
    let slowest = rounds.iter().filter_map(|round| round.owner.iter().copied().max_by(f64::total_cmp)).collect();
    let refusals = answers(503).iter().filter_map(|times| median(times)).collect();
    // All of it, as if the other answers cost nothing.
    let cost = |round: &Round| {
        let refused = round.answers.iter().filter(|answer| answer.status == Some(503)).count();
        round.answering / refused.max(1) as f64
    };
    let failed = |round: &Round| round.answers.iter().filter(|answer| answer.status.is_none()).count() as f64;
    let mut figures = vec![
        figure("session check, median", Unit::Milliseconds, of_checks(50.0), Some(Target::Below(1.0))),
        figure("session check, 99th percentile", Unit::Milliseconds, of_checks(99.0), Some(Target::Below(5.0))),
        figure("checks late or failed, in all", Unit::Count, vec![late], Some(Target::AtMost(0.0))),
        figure("a known device logs in", Unit::Milliseconds, slowest, Some(Target::AtMost(3000.0))),
        figure(
            "processor time of a 503, at most",
            Unit::Milliseconds,
            rounds.iter().map(cost).collect(),
            Some(Target::Below(1.0)),
        ),
        figure("a 503, as its attacker sees it, median", Unit::Milliseconds, refusals, None),
        figure("growth of memory", Unit::Megabytes, grown, Some(Target::Below(30.0))),
    ];
    for status in [200, 401, 429, 503] {
        let counts: Vec<f64> = answers(status).iter().map(|times| times.len() as f64).collect();
        if counts.iter().any(|count| *count > 0.0) {
            figures.push(figure(&format!("answers {status}"), Unit::Count, counts, None));
        }
    }
    figures.push(figure("connections that failed", Unit::Count, rounds.iter().map(failed).collect(), None));
    figures
}
