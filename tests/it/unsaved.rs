//! A form that comes after the end of its session: nothing of it is done, and what was typed waits until its sender has
//! logged in again, for them alone.

use crate::support::{Client, Reply, Server};

const MILK: [(&str, &str); 3] =
    [("title", "Buy milk"), ("description", "Two litres,\r\nfresh."), ("due", "2030-01-31")];

const ENDED: &str = "Your session has ended, so nothing was saved. Log in to continue.";
const NOT_SAVED_YET: &str = "Your session had ended, so this is not saved yet.";
const NOT_KEPT: &str = "What you typed was too long to keep";
const NOTHING_DONE: &str = "Your session had ended, so nothing was changed.";

/// A server with a todo of roy's, and its path.
fn server() -> (Server, String) {
    let server = Server::seeded();
    server.execute("DELETE FROM todos");
    assert_eq!(server.cli(&["todo", "add", "roy", "Rest", "--due", "2030-01-01"]).code, 0);
    let path = format!("/todos/{}", server.sql("SELECT id FROM todos").remove(0));
    (server, path)
}

/// Someone with a form open, whose session then ends. Answers the form's token.
fn open_form_too_long(server: &Server, browser: &mut Client) -> String {
    let token = browser.csrf();
    server.execute("DELETE FROM sessions");
    server.let_a_second_pass();
    token
}

/// Sends a form whose session has ended, and follows to the login page. Answers where the login leads.
fn send_too_late(browser: &mut Client, path: &str, token: &str, fields: &[(&str, &str)]) -> String {
    let sent = browser.post(path, &[&[("csrf", token)], fields].concat());
    let (status, login) = sent.leads_to();
    assert_eq!(status, 303, "{sent:?}");
    assert!(!login.contains("milk"), "nothing that was typed is in the address: {login}");
    let page = browser.get(login);
    assert!(page.says(ENDED), "{}", page.body);
    let next = login.split_once("next=").expect("it leads back").1;
    percent_encoding::percent_decode_str(next).decode_utf8().unwrap().into_owned()
}

fn log_in_again(browser: &mut Client, name: &str, next: &str) -> Reply {
    let password = if name == "admin" { "password" } else { name };
    let reply = browser.post("/login", &[("username", name), ("password", password), ("next", next)]);
    assert_eq!(reply.leads_to(), (303, next));
    browser.get(next.split('#').next().unwrap())
}

#[test]
fn what_was_typed_stands_in_the_form_again_after_the_login_once() {
    let (server, _) = server();
    let mut roy = server.signed_in("roy", "roy");
    let token = open_form_too_long(&server, &mut roy);
    let form = send_too_late(&mut roy, "/todos", &token, &MILK);
    assert_eq!(form, "/todos/new");
    assert_eq!(server.sql("SELECT title FROM todos"), ["Rest"], "nothing was done");
    assert!(roy.log_in("roy", "wrong").status == 303, "a wrong password costs nothing of it");
    let page = log_in_again(&mut roy, "roy", &form);
    assert!(page.says(NOT_SAVED_YET) && page.says("role=\"alert\""), "{}", page.body);
    assert!(page.says("value=\"Buy milk\"") && page.says("\nTwo litres,\r\nfresh.</textarea>"), "{}", page.body);
    assert!(page.says("value=\"2030-01-31\""), "{}", page.body);
    assert!(!roy.jar.contains_key("unsaved"), "it is shown once");
    let again = roy.get("/todos/new");
    assert!(!again.says("Buy milk") && !again.says("Your session"), "{}", again.body);
    assert_eq!(roy.act("/todos", &MILK).leads_to(), (303, "/todos"));
    assert_eq!(server.sql("SELECT title FROM todos ORDER BY due DESC"), ["Buy milk", "Rest"]);
}

#[test]
fn a_changed_todo_comes_back_to_its_own_form_and_its_place_in_the_list() {
    let (server, path) = server();
    let mut roy = server.signed_in("roy", "roy");
    let token = open_form_too_long(&server, &mut roy);
    let next = ("next", "/todos?show=all#todo-x");
    let form = send_too_late(&mut roy, &path, &token, &[&MILK[..], &[next]].concat());
    assert_eq!(form, format!("{path}/edit?next=%2Ftodos%3Fshow%3Dall%23todo-x"));
    let elsewhere = log_in_again(&mut roy, "roy", "/todos/new");
    assert!(!elsewhere.says("Buy milk") && !elsewhere.says("Your session"), "it waits for its own form");
    let page = roy.get(&form);
    assert!(page.says(NOT_SAVED_YET) && page.says("value=\"Buy milk\""), "{}", page.body);
    assert!(page.says("value=\"/todos?show=all#todo-x\""), "{}", page.body);
    assert_eq!(server.sql("SELECT title FROM todos"), ["Rest"]);
}

#[test]
fn a_button_leads_back_to_where_it_stood() {
    let (server, path) = server();
    let mut admin = server.admin();
    let token = open_form_too_long(&server, &mut admin);
    let list = "/todos?show=all&order=desc";
    for (verb, stood_at) in [
        ("done", format!("{list}#todo-x")),
        ("delete", format!("{path}/delete?next=%2Ftodos%3Fshow%3Dall%26order%3Ddesc%23todo-x")),
    ] {
        let mut admin = admin.clone();
        let next = [("next", &*format!("{list}#todo-x"))];
        let place = send_too_late(&mut admin, &format!("{path}/{verb}"), &token, &next);
        assert_eq!(place, stood_at);
        let page = log_in_again(&mut admin, "admin", &place);
        assert!(page.says(NOTHING_DONE), "{verb}: {}", page.body);
        assert!(!admin.get(place.split('#').next().unwrap()).says(NOTHING_DONE), "{verb}: told once");
    }
    assert_eq!(server.sql("SELECT title FROM todos WHERE NOT done"), ["Rest"]);
}

#[test]
fn another_account_never_sees_it_and_drops_it() {
    let (server, _) = server();
    let mut browser = server.signed_in("roy", "roy");
    let token = open_form_too_long(&server, &mut browser);
    let form = send_too_late(&mut browser, "/todos", &token, &MILK);
    let kept = browser.jar["unsaved"].clone();
    let mut python = browser.clone();
    let page = log_in_again(&mut python, "python", &form);
    assert!(!page.says("milk") && !page.says("Your session"), "{}", page.body);
    assert!(!python.jar.contains_key("unsaved"), "it is dropped");
    python.jar.insert("unsaved".to_owned(), kept.clone());
    assert!(!python.get("/").says("Your session") && !python.jar.contains_key("unsaved"), "on any page");
    python.post("/logout", &[]);
    assert!(!log_in_again(&mut python, "roy", &form).says("milk"), "for its owner too");
    // The mark of the account is what counts: with it, the text would have been there.
    assert!(log_in_again(&mut browser, "roy", &form).says("milk"));
}

#[test]
fn two_tabs_get_their_own_back() {
    let (server, path) = server();
    let mut roy = server.signed_in("roy", "roy");
    let token = open_form_too_long(&server, &mut roy);
    let new = send_too_late(&mut roy, "/todos", &token, &MILK);
    let edit = send_too_late(&mut roy, &path, &token, &[("title", "Rest well"), ("due", "2030-01-01")]);
    assert!(log_in_again(&mut roy, "roy", &new).says("value=\"Buy milk\""));
    // The other tab shows its login page still.
    assert!(log_in_again(&mut roy, "roy", &edit).says("value=\"Rest well\""));
    assert!(!roy.jar.contains_key("unsaved"));
}

#[test]
fn what_is_too_long_for_a_cookie_is_not_kept_and_the_page_says_so() {
    let (server, _) = server();
    let mut roy = server.signed_in("roy", "roy");
    let token = open_form_too_long(&server, &mut roy);
    for description in ["x".repeat(4000), "😀".repeat(600), "\n".repeat(1200)] {
        let fields = [("title", "Buy milk"), ("description", description.as_str())];
        let form = send_too_late(&mut roy, "/todos", &token, &fields);
        assert!(roy.jar["unsaved"].len() < 1000, "{}", roy.jar["unsaved"].len());
        let page = log_in_again(&mut roy, "roy", &form);
        assert!(page.says(NOT_KEPT) && !page.says("Buy milk"), "{}", page.body);
        server.execute("DELETE FROM sessions");
        server.let_a_second_pass();
    }
    let fields = [("title", "Buy milk"), ("description", &"x".repeat(1700))];
    let form = send_too_late(&mut roy, "/todos", &token, &fields);
    assert!(roy.jar["unsaved"].len() < 4000, "browsers keep no more than 4096 bytes");
    assert!(log_in_again(&mut roy, "roy", &form).says(&"x".repeat(1700)));
}

#[test]
fn the_cookie_is_sealed_bounded_in_time_and_as_well_protected_as_the_others() {
    let (server, _) = server();
    let mut roy = server.signed_in("roy", "roy");
    let token = open_form_too_long(&server, &mut roy);
    let sent = roy.post("/todos", &[&[("csrf", token.as_str())], &MILK[..]].concat());
    let set = sent.all("set-cookie").find(|cookie| cookie.starts_with("unsaved=")).expect("it is set").to_owned();
    assert!(set.ends_with("; HttpOnly; SameSite=Lax; Path=/; Max-Age=600"), "{set}");
    let whole = roy.jar["unsaved"].clone();
    log_in_again(&mut roy, "roy", "/");
    let odd = (0..whole.len()).step_by(97).map(|place| {
        let mut flipped = whole.clone().into_bytes();
        flipped[place] = if flipped[place] == b'A' { b'B' } else { b'A' };
        String::from_utf8(flipped).unwrap()
    });
    let others = ["session", "device"].map(|name| roy.jar[name].clone());
    for value in odd.chain(others).chain([whole[1..].to_owned(), String::new(), "%".to_owned(), "[]".to_owned()]) {
        roy.jar.insert("unsaved".to_owned(), value.clone());
        let page = roy.get("/todos/new");
        assert!(page.status == 200 && !page.says("milk") && !page.says("Your session"), "{value}");
    }
    roy.jar.insert("unsaved".to_owned(), whole);
    assert!(roy.bare("HEAD", "/todos/new").all("set-cookie").next().is_none(), "asking for the head takes nothing");
    assert!(roy.get("/todos/new").says("Buy milk"));

    let server = Server::prepare().and_seed().public("https://login.example.com").and_start();
    let mut roy = server.client().with("Host", "login.example.com");
    roy.log_in("roy", "roy");
    let token = open_form_too_long(&server, &mut roy);
    let sent = roy.post("/todos", &[&[("csrf", token.as_str())], &MILK[..]].concat());
    let set = sent.all("set-cookie").find(|cookie| cookie.starts_with("__Host-unsaved="));
    assert!(set.is_some_and(|cookie| cookie.contains("; Secure; Path=/")), "{sent:?}");
}

#[test]
fn what_no_page_of_ours_sent_is_not_kept() {
    let (server, _) = server();
    let mut roy = server.signed_in("roy", "roy");
    let token = open_form_too_long(&server, &mut roy);
    let mark = token.split_once('.').unwrap().1;
    for token in ["", "x", ".", mark, &format!("x.{mark}x"), &format!("x.{}", "~".repeat(43))] {
        let sent = roy.post("/todos", &[&[("csrf", token)], &MILK[..]].concat());
        assert_eq!(sent.leads_to(), (303, "/login"), "{token}");
        assert!(!roy.jar.contains_key("unsaved"), "{token}");
        assert!(roy.get("/login").says(ENDED));
    }
    let known = [("csrf", token.as_str()), ("title", "Buy milk")];
    let unknown = roy.post("/todos", &[&known[..], &[("password", "secret")]].concat());
    assert_eq!((unknown.leads_to(), roy.jar.contains_key("unsaved")), ((303, "/login"), false));
    let mut elsewhere = roy.with("Sec-Fetch-Site", "cross-site");
    let refused = elsewhere.post("/todos", &known);
    assert_eq!((refused.status, refused.all("set-cookie").count()), (403, 0));
    let told = server.client().json().post("/todos", &known);
    assert_eq!((told.status, told.all("set-cookie").count()), (401, 0), "a program is told by the status");
}
