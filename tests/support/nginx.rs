//! nginx, with all that it writes in the folder of a test.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::running::Running;
use super::wait_for;

/// nginx with this configuration, in one process that a test can end.
pub fn command(folder: &Path, conf: &str) -> Command {
    let mut command = Command::new("/usr/sbin/nginx");
    command.current_dir(folder).arg("-p").arg(folder).arg("-c").arg(written(folder, conf));
    command.args(["-e", "stderr", "-g", "daemon off; master_process off; pid nginx.pid;"]);
    command
}

/// Writes the configuration, and answers where it is.
fn written(folder: &Path, conf: &str) -> PathBuf {
    // What Debian's nginx keeps below /var, each in the folder of the test.
    let kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let temporary: String = kinds.map(|kind| format!("{kind}_temp_path {kind};\n")).concat();
    let conf = conf.replacen("http {", &format!("http {{\naccess_log off;\n{temporary}"), 1);
    let file = folder.join("nginx.conf");
    std::fs::write(&file, conf).expect("a file");
    file
}

/// nginx that takes on another configuration while it runs, as an operator does it. It is stopped when this is dropped.
pub struct Reloading {
    running: Running,
    folder: PathBuf,
}

impl Reloading {
    /// Starts it, and waits until it listens on this port.
    pub fn listening(folder: &Path, conf: &str, port: u16) -> Reloading {
        let mut command = Command::new("/usr/sbin/nginx");
        command.current_dir(folder).arg("-p").arg(folder).arg("-c").arg(written(folder, conf));
        // Who serves may otherwise not write in here, when a test runs as root.
        let user = if rustix::process::geteuid().is_root() { "user root;" } else { "" };
        let globally = format!("daemon off; worker_processes 1; pid nginx.pid; {user}");
        command.args(["-e", "stderr", "-g", &globally]);
        Reloading { running: Running::listening(&mut command, port), folder: folder.to_owned() }
    }

    /// Takes on another configuration. Answers once nobody serves by the former one any more.
    pub fn reload(&self, conf: &str) {
        let before = self.workers();
        written(&self.folder, conf);
        let told = Command::new("kill").args(["-HUP", &self.running.id().to_string()]).status().expect("kill runs");
        assert!(told.success());
        wait_for("nginx to serve by its new configuration", || {
            let now = self.workers();
            (!now.is_empty() && !now.iter().any(|worker| before.contains(worker))).then_some(())
        });
    }

    /// The processes that serve.
    fn workers(&self) -> Vec<String> {
        let id = self.running.id();
        let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).expect("it runs");
        children.split_whitespace().map(str::to_owned).collect()
    }
}

impl Drop for Reloading {
    fn drop(&mut self) {
        // Whoever serves would go on without the process that started it.
        self.running.terminate();
    }
}
