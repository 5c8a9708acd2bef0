//! Databases of PostgreSQL for tests, in the cluster that `scripts/postgres` starts.

/// The variable that names the cluster, as a superuser of it; tests run on SQLite without.
const CLUSTER: &str = "VESTIBULE_TEST_POSTGRES";

/// The advisory lock that our program takes before it writes, as `src/db/postgres` has it.
pub const WRITE_LOCK: i64 = 0x7665_7374_6962_0001;

/// The URL of the cluster, when there is one.
pub fn cluster() -> Option<String> {
    let url = std::env::var(CLUSTER).ok()?;
    if !cfg!(feature = "postgres") {
        panic!("{CLUSTER} is set, so the tests have to be built with --features postgres");
    }
    Some(url)
}

/// An empty database of its own. It is dropped with this, unless its cluster is.
pub struct Database {
    cluster: String,
    name: String,
    url: String,
    is_dropped: bool,
}

impl Database {
    /// In the cluster that all tests share.
    pub fn create() -> Database {
        let cluster = cluster().unwrap_or_else(|| panic!("{CLUSTER} is set"));
        let mut database = Database::create_in(&cluster);
        database.is_dropped = true;
        database
    }

    /// In a cluster of the test's own.
    pub fn create_in(cluster: &str) -> Database {
        let name = format!("test_{}", uuid::Uuid::now_v7().simple());
        super::Connection::to_postgres(cluster).execute(&format!("CREATE DATABASE {name} TEMPLATE template0"));
        let (server, _) = cluster.rsplit_once('/').expect("the URL ends with the name of a database");
        Database { cluster: cluster.to_owned(), url: format!("{server}/{name}"), name, is_dropped: false }
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Ends all connections of our program to it, in the midst of whatever they do.
    pub fn disconnect(&self) {
        self.in_cluster(&format!(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity \
             WHERE application_name = 'vestibule' AND datname = '{}'",
            self.name
        ));
    }

    /// How many connections there are to it. One that was closed is listed for a moment longer.
    pub fn connections(&self) -> usize {
        let listed = format!("SELECT pid FROM pg_stat_activity WHERE datname = '{}'", self.name);
        super::Connection::to_postgres(&self.cluster).sql(&listed).len()
    }

    /// Lets nobody connect, or everybody again.
    pub fn admit(&self, whether: bool) {
        self.in_cluster(&format!("ALTER DATABASE {} ALLOW_CONNECTIONS {whether}", self.name));
    }

    /// Runs a statement of those who look after the cluster.
    fn in_cluster(&self, statement: &str) {
        super::Connection::to_postgres(&self.cluster).execute(statement);
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if self.is_dropped {
            self.in_cluster(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
        }
    }
}
