//! Pictures of every page, for people to judge: `target/screenshots/<page>-<window>-<scheme>.png`.
//!
//! `docs/` shows four of them, made smaller.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use crate::browser::{Browser, Scheme, Window};
use crate::first_steps;
use crate::support::Server;
use crate::tour;
use crate::tour_of_admin;
use crate::tour_of_audit;
use crate::tour_of_email;
use crate::tour_of_links;

#[test]
fn every_page_has_its_picture_taken() {
    let server = Server::seeded();
    let browser = Browser::at(&server);
    let mut taken = HashSet::new();
    tour::walk(&server, &browser, |page| take(&browser, page, &mut taken));
    assert_eq!(taken.len(), 4 * tour::STOPS.len());
}

#[test]
fn every_page_of_the_first_steps_has_its_picture_taken() {
    let mut taken = HashSet::new();
    first_steps::walk(|browser, page| take(browser, page, &mut taken));
    assert_eq!(taken.len(), 4 * first_steps::STOPS.len());
}

#[test]
fn every_page_of_admins_has_its_picture_taken() {
    let server = tour_of_admin::server();
    let browser = Browser::at(&server);
    let mut taken = HashSet::new();
    tour_of_admin::walk(&server, &browser, |page| take(&browser, page, &mut taken));
    assert_eq!(taken.len(), 4 * tour_of_admin::STOPS.len());
}

#[test]
fn every_page_of_links_has_its_picture_taken() {
    let mut taken = HashSet::new();
    tour_of_links::walk(|browser, page| take(browser, page, &mut taken));
    assert_eq!(taken.len(), 4 * tour_of_links::STOPS.len());
}

#[test]
fn every_page_of_the_audit_has_its_picture_taken() {
    let mut taken = HashSet::new();
    tour_of_audit::walk(|browser, page| take(browser, page, &mut taken));
    assert_eq!(taken.len(), 4 * tour_of_audit::STOPS.len());
}

#[test]
fn every_page_of_a_new_address_has_its_picture_taken() {
    let mut taken = HashSet::new();
    tour_of_email::walk(|browser, page| take(browser, page, &mut taken));
    assert_eq!(taken.len(), 4 * tour_of_email::STOPS.len());
}

/// Takes the pictures of a page, none of which may be there already.
fn take(browser: &Browser, page: &str, taken: &mut HashSet<Vec<u8>>) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("screenshots");
    fs::create_dir_all(&folder).expect("a folder");
    for (window, size) in [("phone", Window::PHONE), ("desktop", Window::DESKTOP)] {
        for (scheme, preference) in [("light", Scheme::Light), ("dark", Scheme::Dark)] {
            browser.resize(size);
            browser.prefer(preference);
            let name = format!("{page}-{window}-{scheme}.png");
            let picture = browser.picture();
            assert_eq!(&picture[..8], b"\x89PNG\r\n\x1a\n", "{name}");
            assert_eq!(picture[16..20], size.width.to_be_bytes(), "{name} is as wide as the window");
            assert!(picture.len() > 10_000, "{name} is empty: {} bytes", picture.len());
            fs::write(folder.join(&name), &picture).expect("it is written");
            assert!(taken.insert(picture), "{name} looks like another page");
        }
    }
}
