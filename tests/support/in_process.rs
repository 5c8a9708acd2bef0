//! The server inside the test's own process, for what no client from outside can see: its routes, and
//! statuses that no route gives yet.

use std::path::Path;

use rocket::figment::Figment;
use rocket::http::{Accept, ContentType, Header};
use rocket::local::blocking::{Client, LocalRequest, LocalResponse};
use rocket::{Build, Rocket};
use tempfile::TempDir;
use vestibule::accounts::audit::Source;
use vestibule::accounts::{Accounts, seed};
use vestibule::config::{Config, SecretKey};
use vestibule::db::Db;
use vestibule::server;

use super::{Connection, Server, postgres};

/// Most tests are not about how many changes an account makes.
const MANY: u32 = 100_000;

/// What a Rocket has for itself: its data folder, and its database where that is not in there.
pub struct Home {
    folder: TempDir,
    database: Option<postgres::Database>,
}

impl Home {
    fn make() -> Home {
        let database = postgres::cluster().map(|_| postgres::Database::create());
        Home { folder: tempfile::tempdir().expect("a folder"), database }
    }

    /// A connection of a test's own to the database.
    pub fn connection(&self) -> Connection {
        match &self.database {
            Some(database) => Connection::to_postgres(database.url()),
            None => Connection::to_sqlite(&self.folder.path().join("vestibule.db")),
        }
    }
}

/// A Rocket with the sample accounts in a home of its own, which has to outlive it.
pub fn seeded() -> (Rocket<Build>, Home) {
    seeded_with_writes(MANY)
}

/// The same with another limit of changes for each account.
pub fn seeded_with_writes(per_minute: u32) -> (Rocket<Build>, Home) {
    let home = Home::make();
    let figment = Figment::from(rocket::Config::debug_default()).merge(("vestibule.writes_per_minute", per_minute));
    let (rocket, accounts) = configured(figment, home.folder.path(), home.database.as_ref());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    runtime.block_on(seed::seed(&accounts, &Source::operator())).expect("the samples are made");
    (rocket, home)
}

/// A Rocket beside a real server, with its data folder and its database.
pub fn beside(server: &Server) -> (Rocket<Build>, Accounts) {
    let figment = Figment::from(rocket::Config::debug_default()).merge(("vestibule.writes_per_minute", MANY));
    configured(figment, &server.folder().join("data"), server.postgres())
}

fn configured(
    mut figment: Figment,
    data_dir: &Path,
    database: Option<&postgres::Database>,
) -> (Rocket<Build>, Accounts) {
    if let Some(database) = database {
        figment = figment.merge(("vestibule.database_url", database.url()));
    }
    let figment = figment
        .merge(("log_level", "off"))
        .merge(("workers", 2))
        .merge(("vestibule.data_dir", data_dir))
        .merge(("vestibule.bcrypt_cost", 4));
    let config = Config::from_figment(figment).expect("the configuration is fine");
    let key = SecretKey::load(&config).expect("it can be read");
    let key = key.unwrap_or_else(|| SecretKey::create(&config).expect("it is made"));
    let db = Db::open(&config.database).expect("the database opens");
    db.migrate().expect("the database is brought up to date");
    let accounts = Accounts::new(&config, db, key.clone());
    (server::build(&config, accounts.clone(), &key).expect("it is built"), accounts)
}

/// A Rocket without an account, of which only the routes matter.
pub fn routes() -> Vec<rocket::Route> {
    let (rocket, _folder) = seeded();
    rocket.routes().cloned().collect()
}

/// A client of such a server, which keeps cookies.
pub fn client(rocket: Rocket<Build>) -> Client {
    Client::tracked(rocket).expect("it starts")
}

/// Logs the client in by the form.
pub fn log_in(client: &Client, username: &str, password: &str) {
    let form = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("username", username), ("password", password)])
        .finish();
    let reply = send(client.post("/login").header(Accept::HTML).header(ContentType::Form).body(form));
    assert_eq!(reply.headers().get_one("location"), Some("/"), "{username} logs in");
}

/// Sends a request to the host that it is meant for. Rocket's client hands its cookies over without a header;
/// browsers send one.
pub fn send<'c>(mut request: LocalRequest<'c>) -> LocalResponse<'c> {
    let cookies: Vec<String> =
        request.inner().cookies().iter().map(|cookie| format!("{}={}", cookie.name(), cookie.value())).collect();
    if !cookies.is_empty() {
        request.add_header(Header::new("Cookie", cookies.join("; ")));
    }
    request.header(Header::new("Host", "127.0.0.1:8000")).dispatch()
}
