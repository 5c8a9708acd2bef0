//! Accounts and sessions, as tests want them.

use super::{Client, Reply, Server};

/// A password that keeps the rules.
pub const GOOD_PASSWORD: &str = "correct horse battery staple";

impl Server {
    /// Makes an account by the command line, with [`GOOD_PASSWORD`].
    pub fn add_user(&self, username: &str) {
        self.add_user_with(username, &[]);
    }

    /// The same with more arguments.
    pub fn add_user_with(&self, username: &str, arguments: &[&str]) {
        let arguments = [&["user", "add", username, "--password-stdin"], arguments].concat();
        let added = self.cli_with_stdin(&arguments, &format!("{GOOD_PASSWORD}\n"));
        assert_eq!(added.code, 0, "{}", added.stderr);
    }

    /// A browser in which a sample user is logged in.
    pub fn signed_in(&self, username: &str, password: &str) -> Client {
        let mut browser = self.client().browsing();
        assert_eq!(browser.log_in(username, password).leads_to(), (303, "/"), "{username} logs in");
        browser
    }

    /// A browser in which the sample admin is logged in.
    pub fn admin(&self) -> Client {
        self.signed_in("admin", "password")
    }

    /// How many sessions there are.
    pub fn sessions(&self) -> usize {
        self.sql("SELECT id FROM sessions").len()
    }

    /// The audit's events and details, the oldest first.
    pub fn audit(&self) -> Vec<String> {
        self.sql("SELECT event || coalesce(': ' || detail, '') FROM audit_events ORDER BY at, id")
    }

    /// The number of rows of every table, but for what the server counts by itself.
    pub fn row_counts(&self) -> Vec<(String, String)> {
        let tables = self.tables();
        assert!(tables.len() > 3, "{tables:?}");
        let count = |table: &String| self.sql(&format!("SELECT count(*) FROM {table}")).remove(0);
        // The sweep counts the logins of past days, whenever it comes to it.
        let tables = tables.iter().filter(|table| *table != "login_counts");
        tables.map(|table| (table.clone(), count(table))).collect()
    }
}

impl Client {
    /// The token of the forms on this session's pages.
    pub fn csrf(&mut self) -> String {
        let page = self.get("/todos/new");
        let value = page.body.split("name=\"csrf\" value=\"").nth(1).expect("the form has a token");
        value.split('"').next().unwrap().to_owned()
    }

    /// Posts a form as a page of this session does, with its token.
    pub fn act(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let token = self.csrf();
        self.post(path, &[&[("csrf", token.as_str())], fields].concat())
    }

    /// Whether the server knows who this is.
    pub fn is_signed_in(&mut self) -> bool {
        let home = self.get("/");
        match home.leads_to() {
            (200, _) => true,
            (303, "/login") => false,
            _ => panic!("neither signed in nor a stranger: {home:#?}"),
        }
    }
}

/// Whether a process has a file of this name open.
pub fn has_open(process: u32, name: &str) -> bool {
    let Ok(files) = std::fs::read_dir(format!("/proc/{process}/fd")) else { return false };
    let mut targets = files.flatten().filter_map(|file| std::fs::read_link(file.path()).ok());
    targets.any(|target| target.ends_with(name))
}
