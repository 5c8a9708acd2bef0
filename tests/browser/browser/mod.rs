//! A browser with a fresh profile, looking at one server.
//!
//! Everything it is asked for either happens or fails the test. What follows a key or a click happens some time
//! later, so the `comes_to` and `shows` of a test wait for it; nothing here sleeps for a fixed time.

mod driver;
mod eyes;
mod hands;
mod tools;

pub use tools::{Scheme, Window};

use std::future::Future;
use std::panic::Location;

use fantoccini::error::CmdError;
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

use crate::support::Server;
use driver::Driver;

/// What keeps Chromium to itself: no window, no services in the background, no host but this machine.
const FLAGS: [&str; 12] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--force-device-scale-factor=1",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    // So Chromium ends with its chromedriver, however that ends.
    "--remote-debugging-pipe",
];

/// A running Chromium. It is closed when this is dropped.
pub struct Browser {
    client: Client,
    runtime: Runtime,
    // Dropped in this order: the folder can go when nobody writes into it any more.
    _driver: Driver,
    folder: TempDir,
    origin: String,
}

impl Browser {
    /// A browser in front of this server, with nothing open yet.
    pub fn at(server: &Server) -> Browser {
        Browser::with_preferences(server, json!({}))
    }

    /// The same in the hands of someone who has turned JavaScript off.
    pub fn without_javascript(server: &Server) -> Browser {
        Browser::with_preferences(server, json!({ "profile.managed_default_content_settings.javascript": 2 }))
    }

    /// The same in the hands of someone whose browser keeps no cookies, and runs no JavaScript either.
    pub fn without_cookies(server: &Server) -> Browser {
        let blocked = json!({
            "profile.managed_default_content_settings.javascript": 2,
            "profile.default_content_setting_values.cookies": 2,
        });
        Browser::with_preferences(server, blocked)
    }

    fn with_preferences(server: &Server, mut preferences: Value) -> Browser {
        let folder = tempfile::tempdir().expect("a folder");
        // The question whether to keep a password would lie over the page.
        preferences["credentials_enable_service"] = false.into();
        preferences["download.default_directory"] = folder.path().join("downloads").display().to_string().into();
        let mut arguments = FLAGS.map(str::to_owned).to_vec();
        arguments.push(format!("--user-data-dir={}", folder.path().join("profile").display()));
        let Value::Object(capabilities) = json!({
            "goog:chromeOptions": { "binary": driver::installed("chromium"), "args": arguments, "prefs": preferences },
            "goog:loggingPrefs": { "browser": "ALL" },
        }) else {
            unreachable!("it is an object")
        };
        let driver = Driver::start(folder.path());
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let address = format!("http://127.0.0.1:{}", driver.port);
        let client = runtime.block_on(connect(capabilities, &address));
        let origin = format!("http://127.0.0.1:{}", server.port);
        Browser { client, runtime, _driver: driver, folder, origin }
    }

    #[track_caller]
    fn run<T>(&self, command: impl Future<Output = Result<T, CmdError>>) -> T {
        let caller = Location::caller();
        self.runtime.block_on(command).unwrap_or_else(|error| panic!("the browser, at {caller}: {error}"))
    }

    /// What may fail while one page gives way to the next.
    fn try_to<T>(&self, command: impl Future<Output = Result<T, CmdError>>) -> Option<T> {
        self.runtime.block_on(command).ok()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let url = self.try_to(self.client.current_url());
            let page = self.try_to(self.client.source()).unwrap_or_default();
            eprintln!("--- the browser is at {}:\n{page}", url.map(String::from).unwrap_or_default());
        }
        let _ = self.runtime.block_on(self.client.clone().close());
    }
}

async fn connect(capabilities: Capabilities, address: &str) -> Client {
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(capabilities).connect(address).await.expect("Chromium starts")
}
