//! The list: order, filters, pages, and what is overdue.

use chrono::Days;

use super::{add, id, link, server, titles, today};
use crate::support::{Client, Reply};

#[test]
fn the_list_is_sorted_filtered_and_says_what_is_overdue() {
    let server = server();
    let (mut roy, mut admin) = (server.signed_in("roy", "roy"), server.admin());
    for (title, days) in [("tomorrow", 1), ("next week", 7), ("now", 0)] {
        add(&mut roy, title, today() + Days::new(days));
    }
    add(&mut roy, "last week", today() - Days::new(7));
    add(&mut roy, "long done", today() - Days::new(70));
    admin.act(&format!("/todos/{}/done", id(&server, "long done")), &[]);
    for (query, expected) in [
        ("", &["last week", "now", "tomorrow", "next week"][..]),
        ("?show=open&order=asc", &["last week", "now", "tomorrow", "next week"]),
        ("?order=desc", &["next week", "tomorrow", "now", "last week"]),
        ("?show=done", &["long done"]),
        ("?show=all", &["long done", "last week", "now", "tomorrow", "next week"]),
        ("?show=nonsense&order=nonsense&after=nonsense&more=1", &["last week", "now", "tomorrow", "next week"]),
    ] {
        let page = roy.get(&format!("/todos{query}"));
        assert_eq!(titles(&page), expected, "{query}");
    }
    let all = roy.get("/todos?show=all");
    let counts = ["</svg>Overdue</span>", "tag-today", "</svg>Done</span>"].map(|tag| all.body.matches(tag).count());
    assert_eq!(counts, [1, 1, 1], "what is done is not overdue");
    assert_eq!(all.body.matches("todo-overdue").count(), 1);
    let home = roy.get("/");
    assert!(home.says("4 open, <span class=\"overdue\">1 overdue</span>.") && home.says("last week"), "{}", home.body);
    assert_eq!(link(&all, "Open").as_deref(), Some("/todos"));
    assert_eq!(link(&all, "Latest first").as_deref(), Some("/todos?show=all&order=desc"));
    assert!(admin.get("/").says("Nothing to do."), "home is about one's own");
    assert!(admin.get("/todos?show=done").says("long done"));
}

/// The places that the pages of each todo lead back to, in the order of the list: from its form, from the question
/// whether to delete it, and after it was marked.
fn ways_back(page: &Reply) -> Vec<[String; 3]> {
    let decoded = |text: &str| {
        let text = percent_encoding::percent_decode_str(text).decode_utf8().unwrap().into_owned();
        text.replace("&#x2F;", "/").replace("&amp;", "&")
    };
    let after = |text: &str, start: &str| text.split(start).nth(1).and_then(|rest| rest.split('"').next()).map(decoded);
    let way = |todo: &str| {
        ["/edit?next=", "/delete?next=", "name=\"next\" value=\""].map(|start| after(todo, start).unwrap_or_default())
    };
    let page = page.body.replace("&#x2F;", "/");
    page.split("<li class=\"todo").skip(1).map(way).collect()
}

#[test]
fn every_change_leads_back_to_its_place_in_the_list() {
    let server = server();
    let (mut roy, mut admin) = (server.signed_in("roy", "roy"), server.admin());
    for number in 0..3 {
        add(&mut roy, &number.to_string(), today() + Days::new(number));
    }
    let [a, b, c] = ["0", "1", "2"].map(|title| format!("#todo-{}", id(&server, title)));
    let open = admin.get("/todos");
    let at = |list: &str, place: &str| format!("{list}{place}");
    let expected = |list: &str, rows: [[&String; 3]; 3]| rows.map(|row| row.map(|place| at(list, place))).to_vec();
    // What leaves the list gives its place to the next one, the last one to the one before.
    assert_eq!(ways_back(&open), expected("/todos", [[&a, &b, &b], [&b, &c, &c], [&c, &b, &b]]));
    let all = admin.get("/todos?show=all&order=desc");
    let list = "/todos?show=all&order=desc";
    assert_eq!(ways_back(&all), expected(list, [[&c, &b, &c], [&b, &a, &b], [&a, &b, &a]]), "marked ones stay");
    for anchor in [&a, &b, &c] {
        assert!(all.body.contains(&format!("id=\"{}\"", &anchor[1..])), "{anchor}");
    }

    let [first, second, third] = ["0", "1", "2"].map(|title| format!("/todos/{}", id(&server, title)));
    let next = |place: &str| [("next", at(list, place))];
    let send = |admin: &mut Client, path: &str, more: &[(&str, &str)], place: &str| {
        let next = next(place);
        let fields = [more, &[(next[0].0, next[0].1.as_str())]].concat();
        assert_eq!(admin.act(path, &fields).leads_to(), (303, next[0].1.as_str()), "{path}");
    };
    send(&mut admin, &format!("{first}/done"), &[], &a);
    send(&mut admin, &format!("{first}/undone"), &[], &a);
    send(&mut admin, &second, &[("title", "x"), ("due", "2030-01-01")], &b);
    send(&mut admin, &format!("{third}/delete"), &[], &b);
    let form = admin.get(&format!("{second}/edit?next={}", "%2Ftodos%3Fshow%3Dall%23todo-1"));
    assert_eq!(link(&form, "Cancel").as_deref(), Some("/todos?show=all#todo-1"));
    assert_eq!(server.sql("SELECT count(*) FROM todos"), ["2"]);
    server.execute("DELETE FROM todos WHERE title = 'x'");
    assert_eq!(ways_back(&admin.get("/todos"))[0][2], "/todos", "the last one leaves an empty list");
}

#[test]
fn long_lists_come_in_pages() {
    let server = server();
    for number in 0..60 {
        let due = (today() + Days::new(number / 7)).to_string();
        assert_eq!(server.cli(&["todo", "add", "roy", &format!("n{number:02}"), "--due", &due]).code, 0);
    }
    let mut roy = server.signed_in("roy", "roy");
    for order in ["", "&order=desc"] {
        let mut page = roy.get(&format!("/todos?show=all{order}"));
        assert_eq!(link(&page, "First page"), None);
        let mut seen = titles(&page);
        let mut sizes = vec![seen.len()];
        while let Some(next) = link(&page, "Next page") {
            assert!(next.contains("show=all") && next.contains(order), "{next}");
            page = roy.get(&next);
            assert!(link(&page, "First page").is_some());
            sizes.push(titles(&page).len());
            seen.extend(titles(&page));
        }
        let mut expected: Vec<String> = (0..60).map(|number| format!("n{number:02}")).collect();
        if !order.is_empty() {
            expected.reverse();
        }
        assert_eq!((sizes, seen), (vec![25, 25, 10], expected));
    }
    let first = roy.get("/todos");
    let next = link(&first, "Next page").unwrap();
    server.execute("DELETE FROM todos");
    let beyond = roy.get(&next);
    assert!(beyond.says("Nothing further") && link(&beyond, "First page").as_deref() == Some("/todos"));
}
