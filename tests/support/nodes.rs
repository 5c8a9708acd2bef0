//! Several programs on one database, each with a folder of its own.

use super::Server;

impl Server {
    /// Another one that does not run yet: a folder of its own, and the database of this one.
    pub fn on_the_same_database(&self) -> Server {
        let url = match self.postgres() {
            Some(database) => database.url().to_owned(),
            None => format!("sqlite:{}/data/vestibule.db", self.folder().display()),
        };
        Server::prepare().with("VESTIBULE_DATABASE_URL", &url)
    }

    /// The same with the secret key of this one, as nodes have to have it.
    pub fn another_node(&self) -> Server {
        let key = std::fs::read_to_string(self.folder().join("data/secret_key")).expect("it has a key");
        self.on_the_same_database().with("VESTIBULE_SECRET_KEY", key.trim())
    }
}
