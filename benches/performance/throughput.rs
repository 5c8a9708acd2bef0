//! How many requests of a kind the program answers, of those that a bare Rocket answers in the same minute.

use crate::fill;
use crate::plan::Plan;
use crate::report::{Figure, Group, Target, Unit};
use crate::seal::{Seal, new_secret};
use crate::support::Server;
use crate::wrk::{Load, Speed};
use crate::yardsticks::Hello;

const HOW: &str = "\
    `wrk` with one thread and 32 connections asks the program, and in turns with it a Rocket that answers one line \
    of text: the same version, features, flags of the build and number of workers. The yardstick gets requests \
    without headers of ours; the program gets the cookies of a browser that has logged in (session and device). With \
    10,000 sessions the cookies change with each request, by a script that runs for the yardstick too. No limit is \
    lifted.";

/// Accounts, and sessions of each: as many as one may have.
const ACCOUNTS: usize = 100;
const SESSIONS: usize = 100;

const BROWSER: &str = "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/// A kind of request, and the yardstick's that takes turns with it.
struct Kind {
    what: &'static str,
    target: Option<Target>,
    program: Load,
    bare: Load,
    /// Of each round: the program's speed, and the yardstick's.
    speeds: Vec<(Speed, Speed)>,
}

pub fn measure(plan: &Plan) -> Group {
    let mut server = Server::prepare().with_real_limits().without("ROCKET_WORKERS").and_seed();
    fill::accounts(&server, ACCOUNTS);
    let seal = Seal::of(&server);
    let sessions = fill::sessions(&server, (0..ACCOUNTS * SESSIONS).map(|number| number % ACCOUNTS));
    let cookies: Vec<String> = sessions.iter().map(|session| seal.browser(session, &new_secret())).collect();
    server.start(&["serve"]);
    let hello = Hello::start();
    let mut kinds = kinds(&server, &cookies);
    if server.postgres().is_some() {
        // The last one asks no database. The targets of the others are for one that is read without asking anybody.
        kinds.pop();
        kinds.iter_mut().skip(1).for_each(|kind| kind.target = None);
    }
    for round in 0..=plan.rounds {
        for kind in &mut kinds {
            let bare = kind.bare.run(hello.port, plan.run);
            let program = kind.program.run(server.port, plan.run);
            // The first round warms up.
            if round > 0 {
                kind.speeds.push((program, bare));
            }
        }
    }
    let mut figures: Vec<Figure> = kinds.iter().map(Kind::figure).collect();
    let check = &kinds[0].speeds;
    let slowest = check.iter().map(|(program, bare)| program.p99 / bare.p99);
    let what = "Session check, its 99th percentile / bare Rocket's";
    figures.insert(2, Figure::new(what, Unit::Times, slowest, Target::Below(3.0)));
    let size = server.client().with("Accept", "text/html").get("/login").body.len();
    let what = "The login page's HTML";
    figures.push(Figure::new(what, Unit::Bytes, [size as f64], Target::Below(4096.0)));
    let bare = check.iter().map(|(_, bare)| bare.per_second);
    figures.push(Figure::new("Bare Rocket", Unit::PerSecond, bare, None));
    Group { title: "Requests of the program / of a bare Rocket", how: HOW, figures }
}

impl Kind {
    fn new(what: &'static str, target: f64, program: Load, bare: Load) -> Kind {
        let target = Some(Target::AtLeast(target));
        Kind { what, target, program, bare, speeds: Vec::new() }
    }

    fn figure(&self) -> Figure {
        let ratios = self.speeds.iter().map(|(program, bare)| program.per_second / bare.per_second);
        Figure::new(self.what, Unit::Times, ratios, self.target)
    }
}

fn kinds(server: &Server, cookies: &[String]) -> Vec<Kind> {
    let mut browser = server.client().json();
    assert_eq!(browser.log_in("roy", "roy").status, 200);
    let pairs: Vec<String> = browser.jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let cookie = format!("Cookie: {}", pairs.join("; "));
    let pair = server.client().pair("roy", "roy");
    let token = pair["access_token"].as_str().expect("a token");
    let (json, bare) = ("Accept: application/json", || Load::of("/"));
    let rotating = Load::of("/").with(json).rotating(cookies, server.folder());
    let bare_rotating = bare().rotating(&vec![String::new(); cookies.len()], server.folder());
    let asked = Load::of("/api/v1/session").rotating(cookies, server.folder());
    let bare_asked = bare().rotating(&vec![String::new(); cookies.len()], server.folder());
    let bearing = Load::of("/api/v1/me").with(json).with(&format!("Authorization: Bearer {token}"));
    vec![
        Kind::new("Session check: `GET /` as JSON, one session", 0.75, Load::of("/").with(json).with(&cookie), bare()),
        Kind::new("The same, 10,000 sessions of 100 accounts in turn", 0.6, rotating, bare_rotating),
        Kind::new("`GET /api/v1/session`, the same sessions in turn", 0.6, asked, bare_asked),
        Kind::new("Home as a page", 0.25, Load::of("/").with(BROWSER).with(&cookie), bare()),
        Kind::new("`GET /api/v1/me` with one access token", 0.6, bearing, bare()),
        Kind::new("`GET /login` as a page, for strangers", 0.75, Load::of("/login").with(BROWSER), bare()),
    ]
}
