//! What only tools can see and set in a browser.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fantoccini::cookies::Cookie;
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};
use url::Url;

use super::Browser;
use crate::support::wait_for;

/// The size of the part of the window that shows the page.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    pub width: u32,
    pub height: u32,
    /// Phones obey the page's viewport, and would rather zoom out than scroll sideways.
    pub phone: bool,
}

impl Window {
    pub const PHONE: Window = Window { width: 390, height: 844, phone: true };
    pub const DESKTOP: Window = Window { width: 1280, height: 800, phone: false };
}

/// The colours that a person prefers.
#[derive(Debug, Clone, Copy)]
pub enum Scheme {
    Light,
    Dark,
}

impl Browser {
    /// A cookie of the page's site.
    #[track_caller]
    pub fn cookie(&self, name: &str) -> Option<Cookie<'static>> {
        self.run(self.client.get_all_cookies()).into_iter().find(|cookie| cookie.name() == name)
    }

    /// Evaluates an expression in the page, past its Content-Security-Policy.
    #[track_caller]
    pub fn evaluate(&self, expression: &str) -> Value {
        self.run(self.client.execute(&format!("return {expression}"), Vec::new()))
    }

    /// The same for a promise, when it has come true.
    #[track_caller]
    pub fn evaluate_later(&self, promise: &str) -> Value {
        let script = format!("const done = arguments[0]; ({promise}).then(done, error => done(String(error)))");
        self.run(self.client.execute_async(&script, Vec::new()))
    }

    /// Runs a script in the page.
    #[track_caller]
    pub fn run_script(&self, script: &str) {
        self.run(self.client.execute(script, Vec::new()));
    }

    /// Keeps what the server sends from now on, for [`Browser::source`].
    #[track_caller]
    pub fn keep_sources(&self) {
        self.devtools("Network.enable", json!({}));
    }

    /// The HTML of the page, as it was sent.
    #[track_caller]
    pub fn source(&self) -> String {
        let frame = &self.devtools("Page.getResourceTree", json!({}))["frameTree"]["frame"];
        // A page's request has the id of what it loaded.
        let content = self.devtools("Network.getResponseBody", json!({ "requestId": frame["loaderId"] }));
        content["body"].as_str().expect("a text").to_owned()
    }

    /// Makes the window this large. A headless window has a least width of its own, so it is emulated.
    #[track_caller]
    pub fn resize(&self, window: Window) {
        let Window { width, height, phone } = window;
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics);
    }

    /// Prefers these colours.
    #[track_caller]
    pub fn prefer(&self, scheme: Scheme) {
        let value = format!("{scheme:?}").to_lowercase();
        let features = json!([
            { "name": "prefers-color-scheme", "value": value },
            // Colours change at once, not in the midst of a measurement.
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features }));
    }

    /// Shows the page in the reader's own few colours, as high contrast does.
    #[track_caller]
    pub fn force_colours(&self) {
        let features = json!([{ "name": "forced-colors", "value": "active" }]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features }));
    }

    /// A picture of the whole page, as a PNG.
    #[track_caller]
    pub fn picture(&self) -> Vec<u8> {
        self.devtools("Emulation.setScrollbarsHidden", json!({ "hidden": true }));
        wait_for("colours to have faded over", || {
            (self.evaluate("document.getAnimations().length") == 0).then_some(())
        });
        let picture = self.devtools("Page.captureScreenshot", json!({ "captureBeyondViewport": true }));
        STANDARD.decode(picture["data"].as_str().expect("a picture")).expect("base64")
    }

    /// How many sheets of paper the page takes.
    #[track_caller]
    pub fn sheets(&self) -> usize {
        let printed = self.devtools("Page.printToPDF", json!({}));
        let pdf = STANDARD.decode(printed["data"].as_str().expect("a document")).expect("base64");
        // Each is an object of this type; the list of them is `/Pages`.
        let text = String::from_utf8_lossy(&pdf).replace("/Type /Pages", "");
        text.matches("/Type /Page").count()
    }

    /// Sends a command of the Chrome DevTools Protocol.
    #[track_caller]
    fn devtools(&self, command: &str, parameters: Value) -> Value {
        self.run(self.client.issue_cmd(Command("goog/cdp/execute", json!({ "cmd": command, "params": parameters }))))
    }

    /// Takes what the console has logged since it was last asked.
    #[track_caller]
    pub fn console(&self) -> Vec<String> {
        let entries = self.run(self.client.issue_cmd(Command("se/log", json!({ "type": "browser" }))));
        let entries = entries.as_array().expect("a list of entries");
        entries.iter().map(|entry| entry["message"].as_str().expect("a message").to_owned()).collect()
    }
}

/// A command that only chromedriver knows: its path below the session, and its parameters.
#[derive(Debug)]
struct Command(&'static str, Value);

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.0))
    }

    fn method_and_body(&self, _: &Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.1.to_string()))
    }
}
