mod beside;
mod conflicts;
mod formats;
mod hashes;
mod killed;
pub mod moving_in;
mod names;
mod round_trip;
mod wrong;

use std::path::PathBuf;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use serde_json::Value;

use crate::support::{Output, Server};

/// A hash by Werkzeug of the password `roy`.
pub const ROY: &str = "pbkdf2:sha256:150000$k1Ud5dzh$d0347f416e89ea486b33c988c9be65730329b2dd6d712f73c9920103a006a82e";

impl Server {
    /// Writes a file into the folder, and answers its path.
    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder().join(name);
        std::fs::write(&path, text).expect("it is written");
        path
    }

    /// Makes a SQLite file in the folder.
    pub fn database(&self, name: &str, statements: &str) {
        let path = self.folder().join(name);
        let mut connection = SqliteConnection::establish(path.to_str().unwrap()).expect("it opens");
        connection.batch_execute(statements).expect("the statements work");
    }

    /// Imports a text as a file.
    pub fn import(&self, text: &str, arguments: &[&str]) -> Output {
        self.file("users.txt", text);
        self.cli(&[&["user", "import", "users.txt"], arguments].concat())
    }

    /// The usernames of all accounts.
    pub fn usernames(&self) -> Vec<String> {
        self.sql("SELECT username FROM users ORDER BY username")
    }

    /// Whether nothing is staged.
    pub fn nothing_is_staged(&self) -> bool {
        let left = "SELECT (SELECT count(*) FROM imports) + (SELECT count(*) FROM staged_users) +
                    (SELECT count(*) FROM staged_logins) + (SELECT count(*) FROM staged_roles)";
        self.sql(left) == ["0"]
    }
}

/// The report of an import that went well.
fn report(output: &Output) -> Value {
    assert_eq!(output.code, 0, "{output:?}");
    serde_json::from_str(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

/// CSV with so many accounts, `user1` and so on, all with the password `roy`.
fn many(count: usize) -> String {
    let rows = (1..=count).map(|number| format!("user{number},user{number}@example.com,{ROY},staff\n"));
    format!("username,email,password_hash,roles\n{}", rows.collect::<String>())
}
