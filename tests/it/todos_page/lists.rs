//! The list: order, filters, pages, and what is overdue.

use chrono::Days;

use super::{add, id, link, server, titles, today};

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
