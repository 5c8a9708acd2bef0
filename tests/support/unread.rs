//! A server whose stderr is a pipe that nobody reads.

use std::io::Read;
use std::process::{Child, Command, Stdio};

use super::{Server, wait_for};

/// The server; it is stopped when this is dropped.
pub struct Unread {
    pub server: Server,
    child: Child,
}

impl Server {
    /// Starts the server with nobody there to read what it says.
    pub fn and_start_unread(self) -> Unread {
        let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr());
        let port = free.expect("a port is free").port();
        let mut server = self.with("ROCKET_PORT", &port.to_string());
        server.port = port;
        let child = server.command(&["serve"]).stdin(Stdio::null()).stdout(Stdio::null()).spawn().expect("it starts");
        wait_for("the server to listen", || std::net::TcpStream::connect(("127.0.0.1", port)).ok());
        Unread { server, child }
    }
}

impl Unread {
    /// Asks the server to stop.
    pub fn tell_to_stop(&self) {
        let told = Command::new("kill").arg(self.child.id().to_string()).status().expect("kill runs");
        assert!(told.success());
    }

    /// The exit code of a server that was told to stop.
    pub fn exit_code(&mut self) -> i32 {
        wait_for("the server to stop", || self.child.try_wait().expect("it can be asked")).code().unwrap_or(-1)
    }

    /// Reads what the server says, from the first word to the last.
    pub fn read_on(&mut self) -> std::thread::JoinHandle<String> {
        let mut stderr = self.child.stderr.take().expect("nobody reads it yet");
        std::thread::spawn(move || {
            let mut said = String::new();
            stderr.read_to_string(&mut said).expect("UTF-8");
            said
        })
    }
}

impl Drop for Unread {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
