//! Whether the program gets slower when there are many accounts and sessions.

use std::time::{Duration, Instant};

use crate::client::{self, ANYWHERE, Connection};
use crate::fill;
use crate::plan::Plan;
use crate::report::{Figure, Group, Target, Unit};
use crate::seal::{Seal, new_secret};
use crate::statistics::{median, milliseconds};
use crate::support::Server;
use crate::wrk::Load;

const HOW: &str = "\
    Two servers run side by side and take turns: one with ten accounts (and the four samples) and ten sessions, one \
    with many. Sessions are checked by `wrk`, ten in turn. Since the program remembers for a second who asked, they \
    are also checked one by one after a pause, so that each check asks the database: there the medians of 30 times \
    are compared, and so they are of 40 logins one after the other, at cost 4 and with the limits of attempts \
    lifted by configuration (as for logins, above).";

/// The accounts, and the sessions, of the smaller database.
const FEW: usize = 10;

/// Sessions in the larger one whose cookies are known, besides.
const KNOWN: usize = 1000;

/// Logins in a round.
const LOGINS: usize = 40;

/// Longer than the program remembers who asked.
const FORGOTTEN: Duration = Duration::from_millis(1100);

/// How often a round pauses for that.
const PAUSES: usize = 3;

/// A server, the cookies of some sessions in it, and how many accounts it has.
struct House {
    server: Server,
    cookies: Vec<String>,
    accounts: usize,
    sessions_in_turn: Load,
}

pub fn measure(plan: &Plan) -> Group {
    let (few, many) = (House::of(FEW), House::of(plan.large));
    // What a server does at its start takes longer in the larger one, and is not meant here.
    std::thread::sleep(Duration::from_secs(10));
    let (mut checks, mut lookups, mut logins) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..=plan.rounds {
        let faster = many.checks(plan.run) / few.checks(plan.run);
        let lookup = compare(PAUSES, |pause| (few.lookups(round + pause), many.lookups(round + pause)));
        let login = compare(1, |_| (few.logins(round), many.logins(round)));
        // The first round warms up.
        if round > 0 {
            checks.push(faster);
            lookups.push(lookup);
            logins.push(login);
        }
    }
    let target = Target::AtLeast(0.9);
    let figures = vec![
        Figure::new("Session checks a second", Unit::Times, checks, target),
        Figure::new("Speed of a session check that asks the database", Unit::Times, lookups, target),
        Figure::new("Speed of a login", Unit::Times, logins, target),
        Figure::new("Accounts, and sessions, of the larger database", Unit::Count, [plan.large as f64], None),
    ];
    Group { title: "With many accounts and sessions / with 10", how: HOW, figures }
}

/// By how much the larger one is faster, by the medians of all times that taking turns brings.
fn compare(turns: usize, turn: impl Fn(usize) -> (Vec<f64>, Vec<f64>)) -> f64 {
    let (few, many): (Vec<_>, Vec<_>) = (0..turns).map(turn).unzip();
    let middle = |times: Vec<Vec<f64>>| median(&times.concat()).expect("there are some");
    middle(few) / middle(many)
}

impl House {
    fn of(accounts: usize) -> House {
        let mut server = Server::prepare().without("ROCKET_WORKERS").and_seed();
        fill::accounts(&server, accounts);
        let seal = Seal::of(&server);
        let known = if accounts == FEW {
            fill::sessions(&server, 0..FEW)
        } else {
            fill::unknown_sessions(&server, accounts - KNOWN);
            // Of accounts that lie anywhere.
            fill::sessions(&server, (0..KNOWN).map(|number| number * 7919 % accounts))
        };
        let cookies: Vec<String> = known.iter().map(|session| seal.browser(session, &new_secret())).collect();
        let ten = &cookies[..FEW];
        let sessions_in_turn = Load::of("/").with("Accept: application/json").rotating(ten, server.folder());
        server.start(&["serve"]);
        House { server, cookies, accounts, sessions_in_turn }
    }

    /// How many a second.
    fn checks(&self, lasting: Duration) -> f64 {
        self.sessions_in_turn.run(self.server.port, lasting).per_second
    }

    /// How long checks take of sessions that nobody has asked about lately.
    fn lookups(&self, turn: usize) -> Vec<f64> {
        std::thread::sleep(FORGOTTEN);
        let cookies = self.cookies.iter().cycle().skip(turn * FEW).take(FEW);
        let json = "Accept: application/json".to_owned();
        let requests =
            cookies.map(|cookie| client::get(self.server.port, "/", &[json.clone(), format!("Cookie: {cookie}")]));
        self.times(requests)
    }

    /// How long logins take.
    fn logins(&self, round: usize) -> Vec<f64> {
        let requests = (0..LOGINS).map(|login| {
            let account = fill::name((round * LOGINS + login) * 7919 % self.accounts);
            client::login(self.server.port, None, &account, fill::PASSWORD)
        });
        self.times(requests)
    }

    fn times(&self, requests: impl Iterator<Item = Vec<u8>>) -> Vec<f64> {
        client::runtime().block_on(async {
            let mut connection = Connection::open(ANYWHERE, self.server.port).await.expect("the server listens");
            let mut times = Vec::new();
            for request in requests {
                let began = Instant::now();
                assert_eq!(connection.ask(&request).await.expect("an answer"), 200);
                times.push(began.elapsed());
            }
            milliseconds(times)
        })
    }
}
