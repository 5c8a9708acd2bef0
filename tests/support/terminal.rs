//! A command in a terminal of its own, as a person sees it and types into it.

use std::io::{Read, Write};
use std::os::fd::AsFd;
use std::process::{Child, Command};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use pty_process::blocking::{Command as InTerminal, Pty, open};

use super::{Server, wait_for};

/// A running command. Like any terminal, it shows what is typed unless the command asks it not to.
pub struct Terminal {
    pty: Arc<Pty>,
    child: Child,
    screen: Arc<Mutex<String>>,
    reader: JoinHandle<()>,
}

impl Server {
    /// Runs a command of the program in a terminal.
    pub fn in_terminal(&self, arguments: &[&str]) -> Terminal {
        let (pty, pts) = open().expect("there are terminals");
        let child = InTerminal::from(self.command(arguments)).spawn(pts).expect("it starts");
        let (pty, screen) = (Arc::new(pty), Arc::new(Mutex::new(String::new())));
        let (source, shown) = (Arc::clone(&pty), Arc::clone(&screen));
        let reader = std::thread::spawn(move || {
            let mut buffer = [0; 1024];
            // It ends with an error when the last process that had it open is gone.
            while let Ok(length @ 1..) = (&*source).read(&mut buffer) {
                shown.lock().unwrap().push_str(&String::from_utf8_lossy(&buffer[..length]));
            }
        });
        Terminal { pty, child, screen, reader }
    }
}

impl Terminal {
    /// All that was shown so far.
    pub fn screen(&self) -> String {
        self.screen.lock().unwrap().clone()
    }

    /// Waits for a question and types the answer.
    pub fn answer(&mut self, question: &str, answer: &str) {
        self.wait_until_asked(question);
        self.type_line(answer);
    }

    /// The same for a question whose answer is not shown.
    pub fn answer_unseen(&mut self, question: &str, answer: &str) {
        self.wait_until_asked(question);
        wait_for("the terminal to hide what is typed", || (!self.shows_typing()).then_some(()));
        self.type_line(answer);
    }

    /// Waits for the command to end; answers its exit code and all that was shown.
    pub fn end(mut self) -> (i32, String) {
        let status = wait_for("the command to end", || self.child.try_wait().expect("it can be asked"));
        self.reader.join().expect("the terminal is read to its end");
        let screen = self.screen.lock().unwrap().clone();
        (status.code().unwrap_or(-1), screen)
    }

    fn wait_until_asked(&self, question: &str) {
        wait_for(question, || self.screen().ends_with(question).then_some(()));
    }

    fn type_line(&mut self, text: &str) {
        (&*self.pty).write_all(format!("{text}\n").as_bytes()).expect("the terminal takes it");
    }

    fn shows_typing(&self) -> bool {
        let terminal = self.pty.as_fd().try_clone_to_owned().expect("a copy of the terminal");
        let settings = Command::new("stty").arg("-a").stdin(terminal).output().expect("stty runs");
        let settings = String::from_utf8(settings.stdout).expect("UTF-8");
        assert!(settings.contains("echo"), "{settings}");
        !settings.split_whitespace().any(|setting| setting.trim_end_matches(';') == "-echo")
    }
}
