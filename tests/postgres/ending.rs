//! A command that ends while the pool still opens connections for it.

use std::io::{Read, Write, copy};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use crate::support::Server;
use crate::{database, seeded};

/// What stands before PostgreSQL and has each new connection wait for the first word.
struct SlowDoor {
    port: u16,
    opened: Arc<AtomicUsize>,
    given_up: Arc<AtomicUsize>,
}

impl SlowDoor {
    fn before(address: String) -> SlowDoor {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let door = SlowDoor { port, opened: Arc::default(), given_up: Arc::default() };
        let (opened, given_up) = (door.opened.clone(), door.given_up.clone());
        thread::spawn(move || {
            for client in listener.incoming() {
                let (client, server) = (client.unwrap(), TcpStream::connect(&address).unwrap());
                let (opened, given_up) = (opened.clone(), given_up.clone());
                thread::spawn(move || {
                    opened.fetch_add(1, Relaxed);
                    if pass_on(&client, &server).is_none() {
                        given_up.fetch_add(1, Relaxed);
                    }
                });
            }
        });
        door
    }
}

/// Passes on what the two say. None: the client was gone before it was answered.
fn pass_on(mut client: &TcpStream, mut server: &TcpStream) -> Option<()> {
    let mut first = [0; 1024];
    let length = client.read(&mut first).ok().filter(|length| *length > 0)?;
    server.write_all(&first[..length]).unwrap();
    thread::sleep(Duration::from_millis(300));
    client.set_nonblocking(true).unwrap();
    let is_gone = matches!(client.peek(&mut first), Ok(0));
    client.set_nonblocking(false).unwrap();
    if is_gone {
        return None;
    }
    thread::scope(|both| {
        both.spawn(|| {
            let _ = copy(&mut { client }, &mut { server });
            let _ = server.shutdown(Shutdown::Write);
        });
        let _ = copy(&mut { server }, &mut { client });
        let _ = client.shutdown(Shutdown::Write);
    });
    Some(())
}

/// The libraries below libpq end a process with a failed assertion that cleans up while another thread connects.
#[test]
fn a_command_ends_when_no_connection_is_being_opened() {
    let server = seeded();
    let (place, name) = database(&server).url().rsplit_once('/').unwrap();
    let (user, address) = place.rsplit_once('@').unwrap();
    let door = SlowDoor::before(address.to_owned());
    let through_it = format!("{user}@127.0.0.1:{}/{name}", door.port);
    let command = Server::prepare()
        .with("VESTIBULE_DATABASE_URL", &through_it)
        .with("VESTIBULE_SECRET_KEY_FILE", server.folder().join("data/secret_key").to_str().unwrap());
    let listed = command.cli(&["user", "list"]);
    assert_eq!((listed.code, listed.stderr.as_str()), (0, ""), "{listed:?}");
    // The doors notice within their pause.
    thread::sleep(Duration::from_millis(600));
    let (opened, given_up) = (door.opened.load(Relaxed), door.given_up.load(Relaxed));
    // One to see whether the server is there, one of each kind, and the next reader, which the pool opens by itself.
    assert!(opened >= 4 && given_up == 0, "{given_up} of {opened} were left in the midst of it");
}
