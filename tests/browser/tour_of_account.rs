//! The part of the walk that leads past one's own account, for the admin of the samples.

use crate::browser::Browser;
use crate::support::Server;

pub fn walk(server: &Server, browser: &Browser, stop: &mut impl FnMut(&str, &str)) {
    browser.click(".account-name a");
    stop("h1", "Your account");
    browser.click("a[href='/account/name']");
    stop("h1", "Change your name");
    browser.type_into("#name", "   ");
    browser.click("main button");
    stop(".field-error", "A name has 1 to 60 characters");
    browser.type_into("#name", "Ada Admin");
    browser.click("main button");
    stop(".flash-success", "Your account was saved.");
    browser.click("a[href='/account/password']");
    stop("h1", "Change your password");
    browser.click("main button");
    stop(".field-error", "Enter your current password.");
    let user_agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) Version/17.4 Safari/604.1";
    server.client().with("User-Agent", user_agent).log_in("admin", "password");
    server.client().with("User-Agent", "curl/8.5.0").pair("admin", "password");
    browser.open("/account/sessions");
    stop("h2 .tag-done", "This one");
    browser.open("/account/activity");
    stop("h2", "Logged in");
    browser.open("/account/delete");
    stop("main", "You are the last admin");

    server.execute(&format!("UPDATE sessions SET authenticated_at = {}", server.time("-11 minutes")));
    server.let_a_second_pass();
    browser.open("/account/email");
    stop("h1", "Confirm that it’s you");
    browser.type_into("#password", "wrong");
    browser.click("main button");
    stop(".field-error", "This is not your password.");
    browser.type_into("#password", "password");
    browser.click("main button");
    stop("h1", "Change your email address");
    server.add_user_with("boss", &["--role", "admin"]);
    browser.open("/account/delete");
    stop("main", "In 7 days your account");
    browser.type_into("#password", "password");
    browser.click("main button");
    stop(".flash-success", "Your account will be deleted on");
    browser.log_in("admin", "password");
    browser.shows(".flash-success", "Welcome back! Your account will not be deleted.");
}
