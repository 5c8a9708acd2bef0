//! What a person sees in a browser, now or as soon as it is there.

use fantoccini::Locator;
use url::Url;

use super::Browser;
use crate::support::wait_for;

impl Browser {
    /// Waits until the page of this path of the server is here.
    #[track_caller]
    pub fn comes_to(&self, path: &str) {
        self.comes_to_url(&format!("{}{path}", self.origin));
    }

    /// Waits until the page of this URL is here.
    #[track_caller]
    pub fn comes_to_url(&self, expected: &str) {
        wait_for(&format!("the browser to come to {expected}, from {}", self.url()), || {
            let url = self.try_to(self.client.current_url())?;
            (url.as_str() == expected && self.is_loaded()).then_some(())
        });
    }

    /// Waits until the page has an element with this text in it. An empty text is in every element.
    #[track_caller]
    pub fn shows(&self, selector: &str, text: &str) {
        wait_for(&format!("{text:?} in {selector}"), || {
            let element = self.try_to(self.client.find(Locator::Css(selector)))?;
            self.try_to(element.text())?.contains(text).then_some(())
        });
    }

    /// Waits until the cursor is in this element.
    #[track_caller]
    pub fn focuses(&self, selector: &str) {
        wait_for(&format!("the focus on {selector}"), || {
            let focused = format!("return document.activeElement.matches({selector:?})");
            (self.try_to(self.client.execute(&focused, Vec::new())) == Some(true.into())).then_some(())
        });
    }

    /// The text of the page, as a reader sees it.
    #[track_caller]
    pub fn text(&self) -> String {
        let body = self.run(self.client.find(Locator::Css("body")));
        self.run(body.text())
    }

    /// Whether the page has such an element.
    #[track_caller]
    pub fn has(&self, selector: &str) -> bool {
        !self.run(self.client.find_all(Locator::Css(selector))).is_empty()
    }

    /// What a field holds, or another property of an element.
    #[track_caller]
    pub fn property(&self, selector: &str, name: &str) -> String {
        let element = self.run(self.client.find(Locator::Css(selector)));
        self.run(element.prop(name)).unwrap_or_default()
    }

    /// A computed style of an element.
    #[track_caller]
    pub fn style(&self, selector: &str, name: &str) -> String {
        let element = self.run(self.client.find(Locator::Css(selector)));
        self.run(element.css_value(name))
    }

    /// How far below the upper edge of the window an element begins.
    #[track_caller]
    pub fn top_of(&self, selector: &str) -> f64 {
        let top = self.evaluate(&format!("document.querySelector({selector:?}).getBoundingClientRect().top"));
        top.as_f64().expect("a number")
    }

    /// What a file says that the browser has downloaded, as soon as it is whole. Its name ends so.
    #[track_caller]
    pub fn downloaded(&self, ending: &str) -> String {
        let folder = self.folder.path().join("downloads");
        wait_for(&format!("a download that ends with {ending}"), || {
            let mut files = std::fs::read_dir(&folder).ok()?.flatten().map(|file| file.path());
            let file = files.find(|file| file.extension().is_some_and(|extension| extension == ending))?;
            std::fs::read_to_string(file).ok()
        })
    }

    #[track_caller]
    pub fn title(&self) -> String {
        self.run(self.client.title())
    }

    /// The address bar.
    #[track_caller]
    pub fn url(&self) -> Url {
        self.run(self.client.current_url())
    }

    fn is_loaded(&self) -> bool {
        self.try_to(self.client.execute("return document.readyState", Vec::new())) == Some("complete".into())
    }
}
