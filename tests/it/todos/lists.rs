//! Lists of todos: order, filters, pages, and what strangers see.

use super::{TODOS, add, named, server, titles};
use crate::support::Server;

#[test]
fn lists_are_sorted_and_filtered() {
    let server = server();
    let (mut roy, mut admin) = (server.client().program("roy", "roy"), server.client().program("admin", "password"));
    let middle = add(&mut roy, "middle", "2030-02-01");
    add(&mut roy, "first", "2030-01-01");
    add(&mut roy, "last", "2030-03-01");
    add(&mut roy, "first, too", "2030-01-01");
    admin.bare("PUT", &format!("{middle}/done"));
    for (query, expected) in [
        ("", vec!["first", "first, too", "middle", "last"]),
        ("?sort=due&order=asc", vec!["first", "first, too", "middle", "last"]),
        ("?order=desc", vec!["last", "middle", "first, too", "first"]),
        ("?sort=created", vec!["middle", "first", "last", "first, too"]),
        ("?sort=created&order=desc", vec!["first, too", "last", "first", "middle"]),
        ("?done=true", vec!["middle"]),
        ("?done=false&order=desc", vec!["last", "first, too", "first"]),
        ("?limit=1", vec!["first"]),
    ] {
        let list = roy.get(&format!("{TODOS}{query}")).json();
        assert_eq!(titles(&list), expected, "{query}");
        assert_eq!(list["next"].is_string(), query == "?limit=1", "{query}");
    }
}

#[test]
fn pages_hold_each_todo_once_whatever_happens_meanwhile() {
    let server = server();
    let mut roy = server.client().program("roy", "roy");
    // Three share each day, so that pages end within a day.
    let paths: Vec<String> =
        (0..9).map(|n| add(&mut roy, &format!("{n}"), &format!("2030-01-0{}", n / 3 + 1))).collect();
    for query in ["sort=due", "sort=due&order=desc", "sort=created", "sort=created&order=desc", "sort=due&done=false"] {
        let mut seen: Vec<String> = Vec::new();
        let mut after = String::new();
        loop {
            let page = roy.get(&format!("{TODOS}?{query}&limit=2{after}")).json();
            seen.extend(titles(&page).into_iter().map(str::to_owned));
            match page["next"].as_str() {
                Some(next) => after = format!("&after={next}"),
                None => break,
            }
        }
        let mut expected: Vec<String> = (0..9).map(|n| n.to_string()).collect();
        if query.contains("desc") {
            expected.reverse();
        }
        assert_eq!(seen, expected, "{query}");
    }
    let first = roy.get(&format!("{TODOS}?limit=2")).json();
    assert_eq!(roy.bare("DELETE", &paths[1]).status, 204, "the last of the first page goes");
    add(&mut roy, "new", "2029-01-01");
    let second = roy.get(&format!("{TODOS}?limit=2&after={}", first["next"].as_str().unwrap())).json();
    assert_eq!(titles(&second), ["2", "3"]);
}

#[test]
fn a_parameter_that_can_not_be_used_is_named() {
    let server = server();
    let mut roy = server.client().program("roy", "roy");
    add(&mut roy, "a", "2030-01-01");
    add(&mut roy, "b", "2030-01-01");
    let due = roy.get(&format!("{TODOS}?limit=1")).json()["next"].as_str().unwrap().to_owned();
    let created = roy.get(&format!("{TODOS}?limit=1&sort=created")).json()["next"].as_str().unwrap().to_owned();
    for (query, name) in [
        ("sort=title".to_owned(), "sort"),
        ("sort=".to_owned(), "sort"),
        ("sort=DUE".to_owned(), "sort"),
        ("order=up".to_owned(), "order"),
        ("done=yes".to_owned(), "done"),
        ("done".to_owned(), "done"),
        ("limit=0".to_owned(), "limit"),
        ("limit=101".to_owned(), "limit"),
        ("limit=ten".to_owned(), "limit"),
        ("after=".to_owned(), "after"),
        ("after=nonsense".to_owned(), "after"),
        (format!("after={}x", &due[..due.len() - 4]), "after"),
        (format!("after={due}&sort=created"), "after"),
        (format!("after={created}&sort=due"), "after"),
        (format!("after={created}"), "after"),
    ] {
        let refused = roy.get(&format!("{TODOS}?{query}"));
        assert_eq!((refused.status, named(&refused.json())), (422, vec![&name.to_owned()]), "{query}");
    }
}

#[test]
fn strangers_see_the_latest_few_without_their_owners_if_the_setting_says_so() {
    let closed = server();
    let refused = closed.client().get(TODOS);
    assert_eq!((refused.status, refused.header("www-authenticate")), (401, Some("Bearer realm=\"vestibule\"")));

    let server = Server::prepare().with("VESTIBULE_PUBLIC_TODOS", "3").and_seed().and_start();
    server.execute("DELETE FROM todos");
    let mut people = [("roy", "roy"), ("python", "python")].map(|(name, word)| server.client().program(name, word));
    for (who, title, due) in [
        (0, "oldest", "2030-01-01"),
        (1, "second", "2030-04-01"),
        (0, "third", "2030-02-01"),
        (1, "latest", "2030-03-01"),
    ] {
        add(&mut people[who], title, due);
    }
    for (query, expected) in [
        ("", ["third", "latest", "second"]),
        ("?order=desc", ["second", "latest", "third"]),
        ("?sort=created", ["second", "third", "latest"]),
        ("?sort=created&order=desc", ["latest", "third", "second"]),
    ] {
        let list = server.client().get(&format!("{TODOS}{query}")).json();
        assert_eq!(titles(&list), expected, "{query}");
        assert!(list["next"].is_null());
        for todo in list["todos"].as_array().unwrap() {
            assert_eq!(todo.as_object().unwrap().len(), 6, "without the owner: {todo}");
        }
    }
    assert_eq!(titles(&server.client().get(&format!("{TODOS}?limit=1")).json()), ["latest"]);
    let id = server.sql("SELECT id FROM todos LIMIT 1").remove(0);
    assert_eq!(server.client().get(&format!("{TODOS}/{id}")).status, 401, "nothing else");
    assert_eq!(server.client().bearing("nonsense").get(TODOS).status, 401, "a token that is off is no stranger's");
}
