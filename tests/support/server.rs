//! The program itself, started in an empty folder with its own database.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use tempfile::TempDir;

use super::waiting::{spawn, wait_for};
use super::{Client, postgres};

/// Most tests are not about attempts, and make many.
const GENEROUS: &[(&str, &str)] = &[
    ("VESTIBULE_ATTEMPTS_FREE", "1000"),
    ("VESTIBULE_ATTEMPTS_PER_DAY", "100000"),
    ("VESTIBULE_DEVICE_FAILURES_PER_HOUR", "1000"),
    ("VESTIBULE_CONFIRMATION_FAILURES_PER_HOUR", "1000"),
    ("VESTIBULE_NETWORK_LOGINS", "100000"),
    ("VESTIBULE_LOGINS_PER_HOUR", "1000000"),
    ("VESTIBULE_WRITES_PER_MINUTE", "100000"),
    ("VESTIBULE_CAPTCHA_AFTER_SIGN_UPS", "1000"),
    ("VESTIBULE_EMAIL_CHANGES_PER_HOUR", "1000"),
    ("VESTIBULE_NETWORK_EMAIL_CHANGES_PER_HOUR", "100000"),
];

/// Where it is told which database is its, or in which file that stands.
pub(super) const DATABASE_URLS: [&str; 2] = ["VESTIBULE_DATABASE_URL", "VESTIBULE_DATABASE_URL_FILE"];
const QUICK: &[(&str, &str)] = &[("VESTIBULE_BCRYPT_COST", "4"), ("ROCKET_PORT", "0"), ("ROCKET_WORKERS", "2")];
/// Most tests fail to log in without being asked for a captcha, also those about attempts.
const TRUSTFUL: &[(&str, &str)] =
    &[("VESTIBULE_CAPTCHA_AFTER_FAILED_LOGINS", "1000000"), ("VESTIBULE_CAPTCHA_AFTER_ATTEMPTS", "1000")];

/// On PostgreSQL a backup gets a row of the audit, which a test that takes more than a minute would find among its own.
const UNRECORDED: &[(&str, &str)] = &[("VESTIBULE_BACKUP_HOURS", "0")];

/// A running server. It is stopped when this is dropped.
pub struct Server {
    folder: TempDir,
    /// Whether its database is one of PostgreSQL, which is made when it is first needed.
    on_postgres: bool,
    database: OnceLock<postgres::Database>,
    pub(super) program: PathBuf,
    pub(super) settings: Vec<(String, String)>,
    pub(super) limits: Vec<String>,
    child: Option<Child>,
    stderr: Arc<Mutex<String>>,
    pub port: u16,
}

impl Server {
    /// A server with the sample accounts.
    pub fn seeded() -> Server {
        Server::prepare().and_seed().and_start()
    }

    /// A server whose database is empty.
    pub fn empty() -> Server {
        Server::prepare().and_start()
    }

    /// An empty database, on which no server runs.
    pub fn migrated() -> Server {
        let server = Server::prepare();
        assert_eq!(server.cli(&["migrate"]).code, 0);
        server
    }

    /// A folder in which nothing has run yet, for what is about SQLite's file or about no database at all: it means the
    /// same whichever engine the tests run on.
    pub fn on_sqlite() -> Server {
        let mut server = Server::prepare().without(UNRECORDED[0].0);
        server.on_postgres = false;
        server
    }

    /// The same, whose database is in a cluster of the test's own.
    pub fn on_postgres_of(cluster: &super::postgres_by_hand::Cluster) -> Server {
        let mut server = Server::prepare();
        server.on_postgres = true;
        assert!(server.database.set(postgres::Database::create_in(&cluster.url)).is_ok());
        server
    }

    /// A folder in which nothing has run yet, and an empty database of the engine that the tests run on.
    pub fn prepare() -> Server {
        let on_postgres = postgres::cluster().is_some();
        let settings = QUICK.iter().chain(GENEROUS).chain(TRUSTFUL).chain(UNRECORDED.iter().filter(|_| on_postgres));
        Server {
            folder: tempfile::tempdir().expect("a folder"),
            on_postgres,
            database: OnceLock::new(),
            program: env!("CARGO_BIN_EXE_vestibule").into(),
            settings: settings.map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
            limits: Vec::new(),
            child: None,
            stderr: Arc::default(),
            port: 0,
        }
    }

    /// The limits of attempts as they are without any setting.
    pub fn with_real_limits(mut self) -> Server {
        self.settings.retain(|(key, _)| !GENEROUS.iter().any(|(generous, _)| key == generous));
        self
    }

    /// Another program than the debug build.
    pub fn with_program(mut self, program: impl Into<PathBuf>) -> Server {
        self.program = program.into();
        self
    }

    /// Under a limit of the system, as `ulimit` takes it.
    pub fn with_limit(mut self, limit: &str) -> Server {
        self.limits.push(limit.to_owned());
        self
    }

    /// A setting, by the name of its environment variable.
    pub fn with(mut self, key: &str, value: &str) -> Server {
        self.settings.retain(|(known, _)| known != key);
        self.settings.push((key.to_owned(), value.to_owned()));
        self
    }

    /// Without a setting.
    pub fn without(mut self, key: &str) -> Server {
        self.settings.retain(|(known, _)| known != key);
        self
    }

    /// Behind a proxy: reached by this address.
    pub fn public(self, url: &str) -> Server {
        let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr());
        let port = free.expect("a port is free").port().to_string();
        self.with("VESTIBULE_PUBLIC_URL", url).with("ROCKET_PORT", &port)
    }

    /// The port of its settings, before it has started.
    pub fn port_of_settings(&self) -> u16 {
        self.setting("ROCKET_PORT").and_then(|port| port.parse().ok()).expect("a port")
    }

    fn setting(&self, key: &str) -> Option<&str> {
        self.settings.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    pub fn and_seed(self) -> Server {
        let seeded = self.cli(&["seed", "--force"]);
        assert_eq!(seeded.code, 0, "{}", seeded.stderr);
        self
    }

    pub fn and_start(mut self) -> Server {
        self.start(&["serve"]);
        self
    }

    /// Starts the server and waits until it is ready.
    pub fn start(&mut self, arguments: &[&str]) {
        let mut child = spawn(self.command(arguments).stdin(Stdio::null()).stdout(Stdio::null()));
        let lines = BufReader::new(child.stderr.take().expect("stderr is piped")).lines();
        let (said, stderr) = (Arc::clone(&self.stderr), Arc::clone(&self.stderr));
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                said.lock().unwrap().push_str(&(line + "\n"));
            }
        });
        stderr.lock().unwrap().clear();
        self.child = Some(child);
        self.port = wait_for("the server to be ready", || {
            let said = self.stderr();
            // In a log of JSON the line ends with more than the address.
            let address = said.split("Vestibule is ready at ").nth(1)?.split(['\n', '"']).next()?.to_owned();
            // Behind a public address the port is the configured one.
            let configured = self.setting("ROCKET_PORT").filter(|port| *port != "0");
            configured.or(address.rsplit(':').next())?.parse().ok()
        });
    }

    /// What the running server said so far.
    pub fn stderr(&self) -> String {
        self.stderr.lock().unwrap().clone()
    }

    /// How many requests the log says were turned away for this reason.
    pub fn turned_away(&self, why: &str) -> usize {
        let said = self.stderr();
        let lines = said.lines().filter(|line| line.contains(why));
        let counts = lines.map(|line| line.split("requests=").nth(1).and_then(|count| count.trim().parse().ok()));
        counts.map(|count: Option<usize>| count.expect("a line of the log says how many")).sum()
    }

    /// Ends the server like a power cut.
    pub fn kill(&mut self) {
        let mut child = self.child.take().expect("it runs");
        child.kill().expect("SIGKILL is delivered");
        child.wait().expect("it ends");
    }

    /// Asks the server to stop, and answers its exit code.
    pub fn terminate(&mut self) -> i32 {
        let mut child = self.child.take().expect("it runs");
        let told = Command::new("kill").arg(child.id().to_string()).status().expect("kill runs");
        assert!(told.success());
        wait_for("the server to stop", || child.try_wait().expect("it can be asked")).code().unwrap_or(-1)
    }

    /// The process id of the running server.
    pub fn id(&self) -> u32 {
        self.child.as_ref().expect("it runs").id()
    }

    /// Waits for as long as the server may go on believing what another process has changed.
    pub fn let_a_second_pass(&self) {
        std::thread::sleep(Duration::from_millis(1_050));
    }

    /// A client that has visited nothing yet.
    pub fn client(&self) -> Client {
        Client::new(self.port)
    }

    /// Its database, unless that is one of SQLite, as a setting of its own may say too.
    pub fn postgres(&self) -> Option<&postgres::Database> {
        let elsewhere = DATABASE_URLS.iter().any(|key| self.setting(key).is_some());
        (self.on_postgres && !elsewhere).then(|| self.database.get_or_init(postgres::Database::create))
    }

    /// The folder that the program runs in.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}
impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
        if std::thread::panicking() {
            eprintln!("--- the server said:\n{}", self.stderr());
        }
    }
}
