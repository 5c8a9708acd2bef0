//! A flood of logins: clients that post the next one as soon as the last is answered. All of them are one thread of
//! the lowest priority, because a real flood would not use this machine's processor.

use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::client::{self, Connection};

/// One of the clients.
pub struct Attacker {
    /// Its addresses, which take turns.
    pub sources: Vec<Ipv4Addr>,
    /// What it posts the n-th time, to this port.
    pub post: Box<dyn Fn(u16, usize) -> Vec<u8> + Send + Sync>,
}

/// An answer to an attacker, and how long it took.
pub struct Answer {
    /// None: the connection failed.
    pub status: Option<u16>,
    pub took: Duration,
}

/// Attacks until told to stop, and leaves those without an answer then.
pub fn flood(port: u16, attackers: Vec<Arc<Attacker>>, stop: &AtomicBool) -> Vec<Answer> {
    // Of this thread alone.
    rustix::process::setpriority_process(None, 19).expect("a priority can be lowered");
    let answers = Arc::new(Mutex::new(Vec::new()));
    let runtime = client::runtime();
    runtime.block_on(async {
        for attacker in attackers {
            tokio::spawn(attack(port, attacker, Arc::clone(&answers)));
        }
        while !stop.load(Ordering::Relaxed) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    });
    drop(runtime);
    Arc::into_inner(answers).expect("nobody attacks any more").into_inner().expect("nobody panicked")
}

async fn attack(port: u16, attacker: Arc<Attacker>, answers: Arc<Mutex<Vec<Answer>>>) {
    let mut connections: Vec<Option<Connection>> = attacker.sources.iter().map(|_| None).collect();
    for number in 0.. {
        let place = number % connections.len();
        let request = (attacker.post)(port, number);
        let began = Instant::now();
        let status = ask(port, attacker.sources[place], &mut connections[place], &request).await.ok();
        answers.lock().expect("nobody panicked").push(Answer { status, took: began.elapsed() });
        if status.is_none() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

async fn ask(port: u16, source: Ipv4Addr, connection: &mut Option<Connection>, request: &[u8]) -> std::io::Result<u16> {
    let mut open = match connection.take() {
        Some(open) => open,
        None => Connection::open(source, port).await?,
    };
    let status = open.ask(request).await?;
    *connection = Some(open);
    Ok(status)
}
