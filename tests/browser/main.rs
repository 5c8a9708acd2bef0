//! Tests in a real browser: the pages as people meet them, in headless Chromium, driven by its WebDriver.
//!
//! They need Debian's packages `chromium` and `chromium-driver`; without them they fail and say so.

#[path = "../support/mod.rs"]
mod support;

mod browser;
mod elsewhere;
mod tour;
mod tour_of_account;
mod tour_of_admin;
mod tour_of_audit;
mod tour_of_email;
mod tour_of_links;

mod account;
mod admin;
mod audit;
mod branding;
mod by_mail;
mod colours;
mod console;
mod email_change;
mod faultless;
mod first_steps;
mod fits;
mod keyboard;
mod links;
mod login;
mod logout;
mod narrow;
mod other_sites;
mod remember_me;
mod screenshots;
mod sign_up;
mod swagger_ui;
mod todos;
mod unsaved;
mod whole_walk;
mod without_cookies;
mod without_javascript;
