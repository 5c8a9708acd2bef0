//! What the program is compared with: the least that Rocket can do, and the most that the processor can hash. Both are
//! part of this binary, so that the flags of their builds are the program's own.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rocket::figment::Figment;
use rocket::{get, routes};

use crate::machine;
use crate::process::{Running, free_port};
use crate::statistics::rate;
use crate::support::wait_for;

/// The argument that makes this binary the bare server.
pub const HELLO: &str = "--hello";

/// As long as the answer to a session check.
#[get("/")]
fn hello() -> &'static str {
    "Hello. This is as long as what a session check answers."
}

/// Serves one word by Rocket's own loop, with as many workers as there are cores, as the program has.
pub fn say_hello(port: u16) {
    let key = [1_u8; 64];
    let figment = Figment::from(rocket::Config::release_default())
        .merge(("port", port))
        .merge(("log_level", "off"))
        .merge(("secret_key", key.as_slice()));
    let launched = rocket::execute(rocket::custom(figment).mount("/", routes![hello]).launch());
    launched.expect("it serves");
}

/// A bare Rocket in a process of its own.
pub struct Hello {
    pub port: u16,
    _process: Running,
}

impl Hello {
    pub fn start() -> Hello {
        let port = free_port();
        let mut command = Command::new(std::env::current_exe().expect("it is known"));
        command.args([HELLO, &port.to_string()]).stdin(Stdio::null()).stdout(Stdio::null());
        let process = Running(command.spawn().expect("it starts"));
        wait_for("the yardstick to listen", || std::net::TcpStream::connect(("127.0.0.1", port)).ok());
        Hello { port, _process: process }
    }
}

/// Checks of passwords by bcrypt alone, on all cores: how many a second.
pub fn bcrypt_on_all_cores(cost: u32, lasting: Duration) -> f64 {
    let hash = bcrypt::hash("a password", cost).expect("it is made");
    let began = Instant::now();
    let end = began + lasting;
    let work = || {
        let mut finished = Vec::new();
        while Instant::now() < end {
            assert!(bcrypt::verify("a password", &hash).expect("it is checked"));
            finished.push(Instant::now());
        }
        finished
    };
    let finished: Vec<Instant> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..machine::cores()).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("it ends")).collect()
    });
    rate(began, &finished)
}
