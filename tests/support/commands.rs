//! Commands of the program, run in the folder of a server with its settings.

use std::io::Write;
use std::process::{Command, Stdio};

use super::Server;
use super::server::DATABASE_URLS;
use super::waiting::spawn;

/// What a finished command printed.
#[derive(Debug)]
pub struct Output {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Server {
    /// Runs a command of the program beside the server.
    pub fn cli(&self, arguments: &[&str]) -> Output {
        self.cli_with_stdin(arguments, "")
    }

    /// The same, with something on its stdin.
    pub fn cli_with_stdin(&self, arguments: &[&str], stdin: &str) -> Output {
        let mut child = spawn(self.command(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()));
        // The command may not want to read it all.
        let _ = child.stdin.take().expect("stdin is piped").write_all(stdin.as_bytes());
        let output = child.wait_with_output().expect("it ends");
        Output {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// The program in its folder, with nothing of our own environment but PATH.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = if self.limits.is_empty() {
            Command::new(&self.program)
        } else {
            let limits: String = self.limits.iter().map(|limit| format!("ulimit {limit} && ")).collect();
            let mut shell = Command::new("sh");
            shell.args(["-c", &format!(r#"{limits}exec "$0" "$@""#)]).arg(&self.program);
            shell
        };
        command.args(arguments).current_dir(self.folder()).env_clear();
        command.envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
        command.envs(self.postgres().map(|database| (DATABASE_URLS[0], database.url())));
        command.envs(self.settings.iter().map(|(key, value)| (key, value))).stderr(Stdio::piped());
        command
    }
}
