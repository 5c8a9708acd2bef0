//! Servers of three invented brands, as people see them. Pictures go to `target/screenshots/brand-…`.

use std::fs;
use std::path::Path;

use crate::browser::{Browser, Scheme, Window};
use crate::colours;
use crate::faultless::Inspection;
use crate::support::brands::{self, Brand};
use crate::support::{Server, wait_for};

/// The pages that have their pictures taken.
fn walk(brand: &Brand, mut look: impl FnMut(&Browser, &str)) {
    let server = Server::prepare().branded(brand).and_seed().and_start();
    let browser = Browser::at(&server);
    browser.keep_sources();
    browser.open("/login");
    look(&browser, "login");
    browser.open("/signup");
    look(&browser, "sign-up-closed");
    browser.open("/login");
    browser.log_in("admin", "password");
    browser.comes_to("/");
    look(&browser, "home");
    browser.open("/todos");
    look(&browser, "todos");
}

#[test]
fn three_brands_have_their_pictures_taken() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("screenshots");
    fs::create_dir_all(&folder).expect("a folder");
    for brand in [brands::nordlicht(), brands::fishmongers(), brands::orbital()] {
        walk(&brand, |browser, page| {
            for (window, size) in [("phone", Window::PHONE), ("desktop", Window::DESKTOP)] {
                for (scheme, preference) in [("light", Scheme::Light), ("dark", Scheme::Dark)] {
                    browser.resize(size);
                    browser.prefer(preference);
                    let name = format!("brand-{}-{page}-{window}-{scheme}.png", brand.key);
                    let shown = "document.querySelector('.brand-logo').naturalWidth > 0";
                    wait_for("the logo to be shown", || (browser.evaluate(shown) == true).then_some(()));
                    fs::write(folder.join(name), browser.picture()).expect("it is written");
                }
            }
        });
    }
}

#[test]
fn tools_find_no_fault_with_a_long_name_a_logo_and_links() {
    let mut inspection = Inspection::new();
    walk(&brands::fishmongers(), |browser, page| inspection.look_at(browser, page));
    inspection.ends_without_faults();
}

#[test]
fn every_text_can_be_read_in_the_colours_of_a_brand() {
    for brand in [brands::nordlicht(), brands::fishmongers(), brands::orbital()] {
        let server = Server::on_sqlite().branded(&brand).and_start();
        let browser = Browser::at(&server);
        browser.open("/login");
        colours::can_be_read(&browser);
    }
}

#[test]
fn a_long_name_makes_no_page_wider_than_a_phone() {
    walk(&brands::fishmongers(), |browser, page| {
        browser.resize(Window { width: 320, height: 640, phone: true });
        let wide = browser.evaluate("document.documentElement.scrollWidth");
        assert_eq!(wide, 320, "{page}");
    });
}
