//! What a person does with a browser.

use fantoccini::Locator;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;

use super::Browser;
use crate::support::wait_for;

impl Browser {
    /// Types an address into the address bar: a path of the server, or a whole URL.
    #[track_caller]
    pub fn open(&self, address: &str) {
        let url = if address.starts_with('/') { format!("{}{address}", self.origin) } else { address.to_owned() };
        self.run(self.client.goto(&url));
    }

    /// Types text on the keyboard, into whatever has the focus.
    #[track_caller]
    pub fn type_text(&self, text: &str) {
        let keys = text.chars().flat_map(|value| [KeyAction::Down { value }, KeyAction::Up { value }]);
        self.keyboard(keys);
    }

    /// Presses a key.
    #[track_caller]
    pub fn press(&self, key: Key) {
        self.type_text(&char::from(key).to_string());
    }

    /// Presses Tab while Shift is held.
    #[track_caller]
    pub fn press_shift_tab(&self) {
        let (shift, tab) = (char::from(Key::Shift), char::from(Key::Tab));
        let (down, up) = (|value| KeyAction::Down { value }, |value| KeyAction::Up { value });
        self.keyboard([down(shift), down(tab), up(tab), up(shift)]);
    }

    /// Clicks on an element, found by a CSS selector.
    #[track_caller]
    pub fn click(&self, selector: &str) {
        let element = self.run(self.client.find(Locator::Css(selector)));
        self.run(element.click());
    }

    /// Logs in by the form, from anywhere.
    #[track_caller]
    pub fn log_in(&self, username: &str, password: &str) {
        self.open("/login");
        self.type_into("#username", username);
        self.type_into("#password", password);
        self.click("button");
    }

    /// Types into a field in place of what it holds.
    #[track_caller]
    pub fn type_into(&self, selector: &str, text: &str) {
        let element = self.run(self.client.find(Locator::Css(selector)));
        self.run(element.clear());
        self.run(element.send_keys(text));
    }

    /// Goes back, and waits until this page is gone.
    #[track_caller]
    pub fn back(&self) {
        self.evaluate("window.leaving = true");
        self.run(self.client.back());
        wait_for("the page to go", || {
            let leaving = self.client.execute("return window.leaving === undefined", Vec::new());
            (self.try_to(leaving) == Some(true.into())).then_some(())
        });
    }

    #[track_caller]
    pub fn reload(&self) {
        self.run(self.client.refresh());
    }

    /// Opens another tab and looks at it.
    #[track_caller]
    pub fn open_tab(&self) {
        let tab = self.run(self.client.new_window(true)).handle;
        self.run(self.client.switch_to_window(tab));
    }

    /// Goes back to the first tab.
    #[track_caller]
    pub fn look_at_first_tab(&self) {
        let tab = self.run(self.client.windows()).remove(0);
        self.run(self.client.switch_to_window(tab));
    }

    #[track_caller]
    fn keyboard(&self, keys: impl IntoIterator<Item = KeyAction>) {
        let actions = keys.into_iter().fold(KeyActions::new("keyboard".into()), |actions, key| actions.then(key));
        self.run(self.client.perform_actions(actions));
    }
}
