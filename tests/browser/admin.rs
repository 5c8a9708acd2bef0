//! What an admin does on pages, in a browser without JavaScript, and what others see of it.

use fantoccini::key::Key;

use crate::browser::{Browser, Window};
use crate::support::{GOOD_PASSWORD, Server, path_of};
use crate::tour_of_admin;

fn page_of(server: &Server, name: &str) -> String {
    let id = server.sql(&format!("SELECT id FROM users WHERE username = '{name}'")).remove(0);
    format!("/admin/users/{id}")
}

#[test]
fn an_admin_looks_after_accounts_without_javascript() {
    let server = Server::prepare()
        .with("VESTIBULE_REGISTRATION", "approval")
        .with("VESTIBULE_SIGN_UP_SECONDS", "0")
        .and_seed()
        .and_start();
    server.client().sign_up_as("zoe");
    let (browser, person) = (Browser::without_javascript(&server), Browser::without_javascript(&server));
    browser.log_in("admin", "password");
    browser.comes_to("/");

    browser.click("a[href='/admin']");
    browser.click(".sections a[href='/admin/users']");
    browser.click(".warning a");
    browser.click("form[action$='/approve'] button");
    browser.shows(".flash-success", "zoe can log in now.");
    person.log_in("zoe", GOOD_PASSWORD);
    person.shows("h1", "Hello, zoe!");

    let zoe = page_of(&server, "zoe");
    browser.open(&zoe);
    browser.click("a[href$='/edit']");
    browser.type_into("#name", "Zoë");
    browser.type_into("#roles", "staff");
    browser.click("main form.panel button");
    browser.shows(".flash-success", "zoe was saved.");
    person.open("/");
    server.let_a_second_pass();
    person.shows(".badges", "staff");

    browser.click("a[href$='/end-sessions']");
    browser.click("main button");
    browser.shows(".flash-success", "zoe was logged out everywhere.");
    person.open("/todos");
    person.comes_to("/login?next=%2Ftodos");

    browser.click("a[href$='/reset-link']");
    browser.click("main button");
    browser.shows("h1", "Link for a new password");
    let link = path_of(&browser.property("#link", "value"));
    person.open(&link);
    person.comes_to("/reset");
    let another = "seven quiet green bicycles";
    person.type_into("#new_password", another);
    person.type_into("#repeated_password", another);
    person.click("main button");
    person.comes_to("/login");
    person.log_in("zoe", another);
    person.shows("h1", "Hello, Zoë!");

    browser.open(&zoe);
    browser.click("a[href$='/disable']");
    browser.click("main button");
    browser.shows(".flash-success", "zoe can no longer log in");
    person.log_in("zoe", another);
    person.shows(".flash-error", "Wrong username/email or password.");

    browser.click("a[href$='/delete']");
    browser.click("main button");
    browser.shows(".flash-success", "zoe was deleted.");
    assert_eq!(server.sql("SELECT count(*) FROM users WHERE username = 'zoe'"), ["0"]);

    browser.click("a[href='/admin/invitations']");
    browser.click(".head-button");
    browser.type_into("#roles", "writers");
    browser.click("main button");
    browser.shows("h1", "Your invitation");
    person.open(&path_of(&browser.property("#link", "value")));
    person.comes_to("/signup");
    person.type_into("#username", "cleo");
    person.type_into("#password", GOOD_PASSWORD);
    person.click("main button");
    person.shows(".badges", "writers");
    browser.click("main a.button");
    browser.click("td a[href$='/revoke']");
    browser.click("main button");
    browser.shows(".flash-success", "The invitation no longer works.");
}

#[test]
fn a_user_sees_nothing_of_it_and_a_stranger_logs_in_first() {
    let server = Server::seeded();
    let browser = Browser::without_javascript(&server);
    let acts = [
        "",
        "/edit",
        "/approve",
        "/reject",
        "/disable",
        "/enable",
        "/end-sessions",
        "/reset-link",
        "/lift-throttle",
        "/delete",
    ];
    let zoe = page_of(&server, "roy");
    let pages = acts.iter().map(|act| format!("{zoe}{act}"));
    let others = ["/admin", "/admin/users", "/admin/sessions", "/admin/invitations", "/admin/invitations/new"];
    let pages: Vec<String> = pages.chain(others.map(str::to_owned)).collect();
    for page in &pages {
        browser.open(page);
        browser.shows("h1", "Log in");
    }
    browser.log_in("python", "python");
    browser.comes_to("/");
    assert!(!browser.has("a[href='/admin']"));
    for page in &pages {
        browser.open(page);
        browser.shows(".status", "403");
    }
}

#[test]
fn the_password_is_asked_for_again_before_an_act_and_then_it_goes_on() {
    let server = Server::seeded();
    let browser = Browser::without_javascript(&server);
    browser.log_in("admin", "password");
    browser.comes_to("/");
    server.execute(&format!("UPDATE sessions SET authenticated_at = {}", server.time("-11 minutes")));
    server.let_a_second_pass();
    let roy = page_of(&server, "roy");
    browser.open(&roy);
    browser.click("a[href$='/disable']");
    browser.shows("h1", "Confirm that it’s you");
    browser.type_into("#password", "password");
    browser.click("main button");
    browser.shows("h1", "Disable this account?");
    browser.click("main button");
    browser.shows(".flash-success", "roy can no longer log in");
}

#[test]
fn the_keyboard_is_enough_to_find_somebody_and_see_what_can_be_done() {
    let server = Server::seeded();
    let browser = Browser::at(&server);
    browser.log_in("admin", "password");
    browser.comes_to("/");
    browser.open("/admin/users");
    let on = |selector: &str| {
        browser.focuses(selector);
        assert!(browser.style(selector, "outline-style") != "none", "no outline around {selector}");
    };
    let way = [
        ".skip-link",
        ".brand",
        "a[href='/todos']",
        "a[href='/admin']",
        "a[href='/account']",
        "a[href='/logout']",
        ".sections a[href='/admin']",
        "a[href='/admin/users']",
        "a[href='/admin/sessions']",
        "a[href='/admin/invitations']",
        "a[href='/admin/audit']",
        "a[href='/admin/settings']",
        ".head-button",
        "#start",
    ];
    for stop in way {
        browser.press(Key::Tab);
        on(stop);
    }
    browser.type_text("ro");
    browser.press(Key::Enter);
    browser.comes_to("/admin/users?start=ro&role=&state=");
    browser.evaluate("document.querySelector('#state').focus()");
    for stop in [".filters button", ".filters .action", ".table-link"] {
        browser.press(Key::Tab);
        on(stop);
    }
    browser.press(Key::Enter);
    browser.shows("h1", "Roy");
}

#[test]
fn no_page_of_admins_scrolls_sideways_or_wastes_paper() {
    let server = tour_of_admin::server();
    let browser = Browser::at(&server);
    tour_of_admin::walk(&server, &browser, |page| {
        for window in [Window { width: 320, height: 568, phone: true }, Window::DESKTOP] {
            browser.resize(window);
            assert_eq!(browser.evaluate("window.innerWidth"), window.width, "{page} is zoomed out at {window:?}");
            let width = browser.evaluate("document.documentElement.scrollWidth").as_u64();
            assert!(width <= Some(window.width.into()), "{page} is {width:?} wide at {window:?}");
        }
        let sheets = browser.sheets();
        assert!((1..=2).contains(&sheets), "{page} takes {sheets} sheets");
    });
}
