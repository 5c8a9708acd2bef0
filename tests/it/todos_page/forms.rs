//! What people type, and what becomes of it.

use super::{add, id, link, server, today};

#[test]
fn a_button_leads_back_into_the_list_and_nowhere_else() {
    let server = server();
    let mut roy = server.signed_in("roy", "roy");
    for next in [
        "//evil.example",
        "https://evil.example/todos",
        "/\\evil.example",
        "/logout",
        "/",
        "/todosx",
        "/todos/../login",
        "",
    ] {
        let added = roy.act("/todos", &[("title", "x"), ("next", next)]);
        assert_eq!(added.leads_to(), (303, "/todos"), "{next}");
    }
    let path = format!("/todos/{}", server.sql("SELECT id FROM todos LIMIT 1").remove(0));
    let page = roy.get(&format!("{path}/edit?next=%2Ftodos%3Fshow%3Dall"));
    assert_eq!(link(&page, "Cancel").as_deref(), Some("/todos?show=all"));
    let page = roy.get(&format!("{path}/delete?next=%2F%2Fevil.example"));
    assert_eq!(link(&page, "No, keep it").as_deref(), Some("/todos"));
    let list = roy.get("/todos?show=all&order=desc");
    let edit = link(&list, "Edit").unwrap();
    let id = server.sql("SELECT id FROM todos ORDER BY due DESC, id DESC LIMIT 1").remove(0);
    assert_eq!(edit, format!("/todos/{id}/edit?next=%2Ftodos%3Fshow%3Dall%26order%3Ddesc%23todo-{id}"));
}

#[test]
fn whatever_was_typed_is_shown_as_text() {
    let server = server();
    let mut roy = server.signed_in("roy", "roy");
    let title = r#""><script>alert(1)</script>'"#;
    let description = "</textarea><img src=x onerror=alert(2)></p>{{ csrf }}{% raw %}";
    assert_eq!(roy.act("/todos", &[("title", title), ("description", description)]).status, 303);
    let path = format!("/todos/{}", server.sql("SELECT id FROM todos").remove(0));
    let pages = [
        roy.get("/todos"),
        roy.get("/"),
        roy.get(&format!("{path}/edit")),
        roy.get(&format!("{path}/delete")),
        roy.act(&path, &[("title", title), ("description", description), ("due", "\"><script>")]),
        server.admin().get("/todos"),
    ];
    for page in &pages {
        assert!(page.status == 200 || page.status == 422);
        assert!(page.body.contains("&lt;script&gt;alert(1)"), "{}", page.body);
        assert!(!page.body.contains("<script") && !page.body.contains("<img"), "{}", page.body);
    }
    assert!(pages[0].body.contains("{{ csrf }}{% raw %}"));
}

#[test]
fn what_is_wrong_is_said_by_the_field_and_what_was_typed_is_kept() {
    let server = server();
    let mut roy = server.signed_in("roy", "roy");
    add(&mut roy, "Stay", today());
    let existing = format!("/todos/{}", id(&server, "Stay"));
    let long = "x".repeat(201);
    for path in ["/todos", &existing] {
        for (title, description, due, messages) in [
            ("", "kept", "2030-01-31", &["Give the todo a title."][..]),
            (" ", "kept", "2030-01-31", &["Give the todo a title."]),
            (&long, "kept", "2030-01-31", &["A title has at most 200 characters."]),
            ("kept", "\u{1b}", "2030-01-31", &["without control characters"]),
            ("kept", "kept", "31.01.2030", &["Enter a date like"]),
            ("kept", "kept", "2023-02-29", &["Enter a date like"]),
            ("", "kept", "soon", &["Give the todo a title.", "Enter a date like"]),
        ] {
            let page = roy.act(path, &[("title", title), ("description", description), ("due", due)]);
            assert_eq!(page.status, 422, "{path}: {title:?} {due}");
            for message in messages {
                assert!(page.says(message), "{path}: {message}: {}", page.body);
            }
            assert_eq!(page.body.matches("class=\"field-error\"").count(), messages.len(), "{path}: {title:?} {due}");
            assert_eq!(page.body.matches("aria-invalid").count(), messages.len());
            assert!(page.says(&format!("value=\"{due}\"")), "{path}: {due} is kept");
            assert!(description != "kept" || page.says("\nkept</textarea>"), "{path}: {}", page.body);
            assert!(title.trim().is_empty() || page.says(&format!("value=\"{title}\"")), "{path}");
        }
    }
    assert_eq!(roy.act(&existing, &[("title", "x"), ("due", "")]).status, 422, "a day that was there is not replaced");
    assert_eq!(roy.act("/todos", &[("title", "x"), ("done", "on")]).status, 422, "no such field");
    assert_eq!(server.sql("SELECT title FROM todos"), ["Stay"]);
}

#[test]
fn a_form_may_have_64_kib_and_the_longest_todo_fits() {
    let server = server();
    let mut roy = server.signed_in("roy", "roy");
    let (title, description) = ("😀".repeat(200), "😀".repeat(4000));
    let added = roy.act("/todos", &[("title", &title), ("description", &description)]);
    assert_eq!(added.leads_to(), (303, "/todos"));
    assert_eq!(server.sql("SELECT length(description) FROM todos"), ["4000"]);
    assert_eq!(roy.act("/todos", &[("title", "x"), ("description", &"x".repeat(64 * 1024))]).status, 413);
    assert_eq!(roy.act("/todos", &[("title", "x"), ("description", &"x".repeat(4001))]).status, 422);
    let path = format!("/todos/{}", server.sql("SELECT id FROM todos").remove(0));
    assert_eq!(
        roy.act(&format!("{path}/delete"), &[("next", &"x".repeat(16 * 1024))]).status,
        413,
        "a button needs less"
    );
}
