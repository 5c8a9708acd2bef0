//! What tools find wrong with the pages: axe-core with what people can't perceive or use, html-validate with the
//! HTML, and a ruler with what is too small for a thumb. One walk past a page is enough for all three.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

use crate::browser::{Browser, Scheme, Window};
use crate::first_steps;
use crate::support::Server;
use crate::tour;
use crate::tour_of_admin;
use crate::tour_of_audit;
use crate::tour_of_email;
use crate::tour_of_links;

#[test]
fn tools_find_no_fault_with_any_page() {
    let server = Server::seeded();
    let browser = Browser::at(&server);
    let mut inspection = Inspection::new();
    browser.keep_sources();
    tour::walk(&server, &browser, |page| inspection.look_at(&browser, page));
    inspection.ends_without_faults();
}

#[test]
fn tools_find_no_fault_with_any_refusal() {
    let mut inspection = Inspection::new();
    tour::walk_past_refusals(|browser, page| inspection.look_at(browser, page));
    inspection.ends_without_faults();
}

#[test]
fn tools_find_no_fault_with_any_page_of_the_first_steps() {
    let mut inspection = Inspection::new();
    first_steps::walk(|browser, page| inspection.look_at(browser, page));
    inspection.ends_without_faults();
}

#[test]
fn tools_find_no_fault_with_any_page_of_links() {
    let mut inspection = Inspection::new();
    tour_of_links::walk(|browser, page| inspection.look_at(browser, page));
    inspection.ends_without_faults();
}

#[test]
fn tools_find_no_fault_with_any_page_of_admins() {
    let server = tour_of_admin::server();
    let browser = Browser::at(&server);
    let mut inspection = Inspection::new();
    browser.keep_sources();
    tour_of_admin::walk(&server, &browser, |page| inspection.look_at(&browser, page));
    inspection.ends_without_faults();
}

#[test]
fn tools_find_no_fault_with_any_page_of_the_audit() {
    let mut inspection = Inspection::new();
    tour_of_audit::walk(|browser, page| inspection.look_at(browser, page));
    inspection.ends_without_faults();
}

#[test]
fn tools_find_no_fault_with_any_page_of_a_new_address() {
    let mut inspection = Inspection::new();
    tour_of_email::walk(|browser, page| inspection.look_at(browser, page));
    inspection.ends_without_faults();
}

/// What the tools found so far, and the pages that the last of them has still to read.
pub struct Inspection {
    axe: String,
    sources: TempDir,
    faults: Vec<String>,
}

impl Inspection {
    pub fn new() -> Inspection {
        let axe = fs::read_to_string(installed("axe-core/axe.min.js")).expect("axe-core is text");
        Inspection { axe, sources: tempfile::tempdir().expect("a folder"), faults: Vec::new() }
    }

    pub fn look_at(&mut self, browser: &Browser, page: &str) {
        fs::write(self.sources.path().join(format!("{page}.html")), browser.source()).expect("it is written");
        browser.run_script(&self.axe);
        for window in [Window::PHONE, Window::DESKTOP] {
            browser.resize(window);
            for scheme in [Scheme::Light, Scheme::Dark] {
                browser.prefer(scheme);
                let found = browser.evaluate_later(AXE);
                let found = lines(&found).map(|fault| format!("{page}, {}, {scheme:?}: {fault}", window.width));
                self.faults.extend(found);
            }
            if window.phone {
                let found = browser.evaluate(TOO_SMALL);
                self.faults.extend(lines(&found).map(|target| format!("{page}: too small for a thumb: {target}")));
            }
        }
    }

    pub fn ends_without_faults(mut self) {
        self.faults.extend(html_faults(self.sources.path()));
        let faults = self.faults;
        assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    }
}

/// Every rule of axe-core, one line for each element that breaks one.
const AXE: &str = "axe.run({ resultTypes: ['violations'] }).then(found => found.violations.flatMap(rule => \
    rule.nodes.map(node => `${rule.id}: ${rule.help}: ${node.target} ${node.any.map(check => check.message)}`)))";

/// Links, buttons and fields that are less than 44 CSS pixels high or wide. A link within a sentence is as high as
/// its line (WCAG 2.5.8 excepts it), the link to the content is out of sight, and a label is part of its checkbox.
const TOO_SMALL: &str = "[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]\
    .filter(target => !target.matches('.skip-link') && target.checkVisibility())\
    .filter(target => !target.matches('p a') || getComputedStyle(target).display !== 'inline')\
    .map(target => target.closest('label') ?? target)\
    .map(target => [target, target.getBoundingClientRect()])\
    .filter(([, box]) => box.height < 43.9 || box.width < 43.9)\
    .map(([target, box]) => `${Math.round(box.width)} x ${Math.round(box.height)}: ${target.outerHTML.slice(0, 120)}`)";

/// What html-validate says of the pages in this folder, as they were sent.
fn html_faults(folder: &std::path::Path) -> Vec<String> {
    let program = installed("html-validate/bin/html-validate.mjs");
    let rules = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/html-validate.json");
    let output =
        Command::new("node").arg(program).args(["--formatter", "text", "--config", rules]).arg(folder).output();
    let output = output.expect("node is needed for this test: run scripts/test once, it installs what is missing");
    let said = String::from_utf8_lossy(&output.stdout);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() || !said.is_empty(), "html-validate could not run: {complaint}");
    said.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Where a file of an npm package is. A missing one is a failure, as a missing browser is.
pub fn installed(file: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/test-node/node_modules").join(file);
    assert!(path.is_file(), "this test needs the npm package of {file}: run scripts/test once, it installs it");
    path
}

fn lines(found: &serde_json::Value) -> impl Iterator<Item = &str> {
    found.as_array().expect("a list").iter().map(|line| line.as_str().expect("a text"))
}
