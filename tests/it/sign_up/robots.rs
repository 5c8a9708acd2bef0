//! Robots that fill in every field, at once, or never open the page.

use chrono::{Duration, Utc};

use crate::support::{GOOD_PASSWORD, Reply, Server, in_process, wait_for};

/// A server with the usual least time, and what a form carries whose page was opened so many seconds ago.
fn server() -> (Server, impl Fn(i64) -> String) {
    let server = Server::prepare().with("VESTIBULE_REGISTRATION", "open").and_seed().and_start();
    let (_, accounts) = in_process::beside(&server);
    (server, move |seconds| accounts.opening_mark(Utc::now() - Duration::seconds(seconds)))
}

fn send(server: &Server, opened: &str, website: &str) -> Reply {
    let fields =
        [("opened", opened), ("website", website), ("username", "zoe"), ("name", "Zoë"), ("password", GOOD_PASSWORD)];
    server.client().post("/signup", &fields)
}

/// The form comes again with what was typed, and nobody was signed up.
fn asks_again(server: &Server, page: &Reply, words: &str) {
    assert_eq!((page.status, page.all("set-cookie").count()), (422, 0), "{}", page.body);
    assert!(page.says(words) && page.says(r#"value="zoe""#) && page.says(r#"value="Zoë""#), "{words}: {}", page.body);
    assert!(!page.body.contains(GOOD_PASSWORD));
    assert_eq!(server.sql("SELECT count(*) FROM users WHERE username = 'zoe'"), ["0"]);
}

#[test]
fn a_form_that_comes_sooner_than_people_type_is_asked_for_again() {
    let (server, _) = server();
    let opened = server.client().hidden("/signup", "opened");
    let page = send(&server, &opened, "");
    asks_again(&server, &page, "That was quicker than people type. Wait");
    assert!(page.says(&format!(r#"name="opened" value="{opened}""#)), "the time goes on, and does not start again");
}

#[test]
fn a_form_that_took_three_seconds_is_taken() {
    let (server, opened) = server();
    asks_again(&server, &send(&server, &opened(2), ""), "That was quicker");
    assert_eq!(send(&server, &opened(3), "").leads_to(), (303, "/"));
}

#[test]
fn a_form_with_the_field_that_people_do_not_see_is_asked_for_again() {
    let (server, opened) = server();
    let page = send(&server, &opened(60), "https://spam.example");
    asks_again(&server, &page, "Something filled in a field that people don’t see");
    assert!(!page.body.contains("spam.example"), "it is empty again");
}

#[test]
fn a_form_whose_page_was_never_opened_here_or_long_ago_is_asked_for_again() {
    let (server, opened) = server();
    let (other, of_another_server) = self::server();
    drop(other);
    let fine = opened(60);
    let (time, mac) = fine.split_once('.').unwrap();
    let earlier = format!("{}.{mac}", time.parse::<i64>().unwrap() - 1);
    for mark in ["", "x", ".", &earlier, &format!("{fine}x"), &of_another_server(60), &opened(2 * 3600 + 5)] {
        let page = send(&server, mark, "");
        asks_again(&server, &page, "This page was open for a long time.");
        assert!(!page.says(&format!(r#"name="opened" value="{mark}""#)), "the time starts again: {mark}");
    }
    assert_eq!(send(&server, &opened(2 * 3600 - 60), "").leads_to(), (303, "/"));
}

#[test]
fn what_seems_to_come_from_a_robot_leaves_a_row_in_the_audit() {
    let (server, opened) = server();
    send(&server, "marker", "");
    send(&server, &opened(60), "marker");
    send(&server, &opened(1), "");
    send(&server, &opened(3 * 3600), "");
    let rows = || server.audit().into_iter().filter(|row| row.starts_with("sign_up")).collect::<Vec<_>>();
    wait_for("the rows", || (rows().len() >= 3).then_some(()));
    let why =
        ["without having opened the page", "a field was filled in that people don’t see", "quicker than people are"];
    assert_eq!(rows(), why.map(|why| format!("sign_up.refused: {why}")), "and nothing of what was sent");
}
