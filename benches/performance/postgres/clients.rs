//! Clients that ask as soon as they have an answer, each for what follows from it.

use std::time::{Duration, Instant};

use rocket::futures::future::join_all;

use crate::client::{self, ANYWHERE, Connection};
use crate::statistics::rate;

/// Makes the next request to a port, from the body of the last answer.
type Next = Box<dyn FnMut(u16, &str) -> Vec<u8>>;

/// A client, which goes on where it was when it is let ask again.
pub struct Client {
    next: Next,
    last: String,
}

impl Client {
    /// A client that begins as if this had been the body of an answer.
    pub fn new(first: &str, next: impl FnMut(u16, &str) -> Vec<u8> + 'static) -> Client {
        Client { next: Box::new(next), last: first.to_owned() }
    }

    /// Each request is answered before it stops, so that no token is spent whose successor is lost.
    async fn ask_until(&mut self, port: u16, end: Instant) -> Vec<Instant> {
        let mut connection = Connection::open(ANYWHERE, port).await.expect("the node listens");
        let mut finished = Vec::new();
        while Instant::now() < end {
            let request = (self.next)(port, &self.last);
            let status = connection.ask(&request).await.expect("an answer");
            assert!((200..300).contains(&status), "{status}: {}", connection.body());
            finished.push(Instant::now());
            self.last = connection.body().to_owned();
        }
        finished
    }
}

/// What came of it.
pub struct Asked {
    pub per_second: f64,
    pub requests: usize,
    pub took: Duration,
}

/// Lets all of them ask for some time, spread over the nodes at these ports.
pub fn ask(clients: &mut [Client], ports: &[u16], lasting: Duration) -> Asked {
    let began = Instant::now();
    let end = began + lasting;
    let asking = clients.iter_mut().zip(ports.iter().cycle()).map(|(client, port)| client.ask_until(*port, end));
    let finished = client::runtime().block_on(join_all(asking)).concat();
    Asked { per_second: rate(began, &finished), requests: finished.len(), took: began.elapsed() }
}
