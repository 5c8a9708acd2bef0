//! A command that ends while the pool still opens connections for it.

use std::io::{Read, Write, copy};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use crate::support::{Server, wait_for};
use crate::{database, seeded};

/// How long each new connection waits for the first word.
const PAUSE: Duration = Duration::from_millis(300);

/// What stands before PostgreSQL, and how the connections through it fared.
#[derive(Default)]
struct SlowDoor {
    opened: AtomicUsize,
    answered: AtomicUsize,
    given_up: AtomicUsize,
}

impl SlowDoor {
    /// Answers its port, too.
    fn before(address: String) -> (Arc<SlowDoor>, u16) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let door = Arc::new(SlowDoor::default());
        let shared = door.clone();
        thread::spawn(move || {
            for client in listener.incoming() {
                let (client, server) = (client.unwrap(), TcpStream::connect(&address).unwrap());
                shared.opened.fetch_add(1, Relaxed);
                let door = shared.clone();
                thread::spawn(move || door.pass_on(&client, &server));
            }
        });
        (door, port)
    }

    /// Passes on what the two say, unless the client is gone before it is answered.
    fn pass_on(&self, mut client: &TcpStream, mut server: &TcpStream) {
        let mut first = [0; 1024];
        let length = client.read(&mut first).unwrap_or_default();
        server.write_all(&first[..length]).unwrap();
        client.set_read_timeout(Some(PAUSE)).unwrap();
        // Whoever waits for an answer says nothing.
        if client.peek(&mut first).is_ok() {
            self.given_up.fetch_add(1, Relaxed);
            return;
        }
        self.answered.fetch_add(1, Relaxed);
        client.set_read_timeout(None).unwrap();
        thread::scope(|both| {
            both.spawn(|| {
                let _ = copy(&mut { client }, &mut { server });
                let _ = server.shutdown(Shutdown::Write);
            });
            let _ = copy(&mut { server }, &mut { client });
            let _ = client.shutdown(Shutdown::Write);
        });
    }
}

/// The libraries below libpq end a process with a failed assertion that cleans up while another thread connects.
#[test]
fn a_command_ends_when_no_connection_is_being_opened() {
    let server = seeded();
    let (place, name) = database(&server).url().rsplit_once('/').unwrap();
    let (user, address) = place.rsplit_once('@').unwrap();
    let (door, port) = SlowDoor::before(address.to_owned());
    let through_it = format!("{user}@127.0.0.1:{port}/{name}");
    let command = Server::prepare()
        .with("VESTIBULE_DATABASE_URL", &through_it)
        .with("VESTIBULE_SECRET_KEY_FILE", server.folder().join("data/secret_key").to_str().unwrap());
    let listed = command.cli(&["user", "list"]);
    assert_eq!((listed.code, listed.stderr.as_str()), (0, ""), "{listed:?}");
    let [opened, answered, given_up] = wait_for("each connection to be answered or left", || {
        let numbers = [&door.opened, &door.answered, &door.given_up].map(|number| number.load(Relaxed));
        (numbers[0] == numbers[1] + numbers[2]).then_some(numbers)
    });
    // One to see whether the server is there, one of each kind, and the next reader, which the pool opens by itself.
    assert!(answered >= 4 && given_up == 0, "{given_up} of {opened} were left in the midst of it");
}
