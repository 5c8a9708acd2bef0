//! Todos as pages: adding, changing and deleting them, and who may.

mod csrf;
mod forms;
mod lists;

use chrono::{NaiveDate, Utc};

use crate::support::{Client, Reply, Server};

/// A server with accounts, and nothing to do.
fn server() -> Server {
    let server = Server::seeded();
    server.execute("DELETE FROM todos");
    server
}

fn today() -> NaiveDate {
    Utc::now().date_naive()
}

/// The id of the todo of this title.
fn id(server: &Server, title: &str) -> String {
    server.sql(&format!("SELECT id FROM todos WHERE title = '{title}'")).remove(0)
}

/// The titles on a list, as they stand in the page.
fn titles(page: &Reply) -> Vec<String> {
    let heads = page.body.split("<h2 class=\"todo-title\"").skip(1);
    heads.map(|rest| rest.split("<bdi>").nth(1).unwrap().split("</bdi>").next().unwrap().to_owned()).collect()
}

fn link(page: &Reply, words: &str) -> Option<String> {
    let before = page.body.split(&format!(">{words}</a>")).next().filter(|before| before.len() < page.body.len())?;
    let href = before.rsplit("href=\"").next()?.split('"').next()?;
    Some(href.replace("&#x2F;", "/").replace("&amp;", "&"))
}

fn add(client: &mut Client, title: &str, due: NaiveDate) {
    assert_eq!(client.act("/todos", &[("title", title), ("due", &due.to_string())]).leads_to(), (303, "/todos"));
}

#[test]
fn a_person_adds_changes_and_deletes_and_is_told_once() {
    let server = server();
    let mut roy = server.signed_in("roy", "roy");
    assert!(roy.get("/todos").says("Nothing to do"));
    let added =
        roy.act("/todos", &[("title", " Water the plants "), ("description", "The fern,\r\ntoo."), ("due", "")]);
    assert_eq!(added.leads_to(), (303, "/todos"));
    let list = roy.get("/todos");
    assert!(list.says("The todo was added.") && list.says("The fern,\ntoo.") && list.says("Today"), "{}", list.body);
    assert_eq!(titles(&list), ["Water the plants"]);
    assert!(!roy.get("/todos").says("The todo was added."), "told once");
    assert_eq!(server.sql("SELECT due FROM todos"), [today().to_string()], "today when nothing was typed");

    let path = format!("/todos/{}", id(&server, "Water the plants"));
    let form = roy.get(&format!("{path}/edit"));
    assert!(form.says("value=\"Water the plants\"") && form.says(&format!("value=\"{}\"", today())));
    let saved = roy.act(&path, &[("title", "Rest"), ("description", ""), ("due", "31-01-2030")]);
    assert_eq!(saved.leads_to(), (303, "/todos"));
    assert!(roy.get("/todos").says("The todo was saved."));
    assert_eq!(server.sql("SELECT title || '|' || description || '|' || due FROM todos"), ["Rest||2030-01-31"]);

    let question = roy.get(&format!("{path}/delete"));
    assert!(question.says("Delete this todo?") && question.says("Rest"));
    assert_eq!(server.sql("SELECT count(*) FROM todos"), ["1"], "asking does nothing");
    assert_eq!(roy.act(&format!("{path}/delete"), &[]).leads_to(), (303, "/todos"));
    assert!(roy.get("/todos").says("The todo was deleted."));
    assert_eq!(server.sql("SELECT count(*) FROM todos"), ["0"]);
    assert_eq!(roy.act(&format!("{path}/delete"), &[]).status, 404, "it is gone");
}

#[test]
fn someone_elses_todo_is_not_there() {
    let server = server();
    let (mut roy, mut python) = (server.signed_in("roy", "roy"), server.signed_in("python", "python"));
    add(&mut roy, "Secret", today());
    let path = format!("/todos/{}", id(&server, "Secret"));
    assert_eq!(titles(&python.get("/todos?show=all")), [""; 0]);
    for page in ["edit", "delete"] {
        let [theirs, none] = [&path, "/todos/x"].map(|path| python.get(&format!("{path}/{page}")));
        assert_eq!((theirs.status, theirs.body), (404, none.body), "{page}");
    }
    let fields = [("title", "Mine"), ("due", "2030-01-01")];
    assert_eq!(python.act(&path, &fields).status, 404);
    assert_eq!(python.act(&path, &[("title", "")]).status, 404, "not even what is wrong with the form");
    assert_eq!(python.act(&format!("{path}/delete"), &[]).status, 404);
    assert_eq!(titles(&roy.get("/todos")), ["Secret"]);
}

#[test]
fn admins_see_everyones_and_mark_them_as_done() {
    let server = server();
    let (mut roy, mut admin) = (server.signed_in("roy", "roy"), server.admin());
    add(&mut roy, "Rest", today());
    let path = format!("/todos/{}", id(&server, "Rest"));
    let own = roy.get("/todos");
    assert!(!own.body.contains("/done\"") && own.says("Only admins can mark todos done."));
    for verb in ["done", "undone"] {
        let refused = roy.act(&format!("{path}/{verb}"), &[]);
        assert!(refused.status == 403 && refused.says("Admins only!"), "{verb}");
    }
    let list = admin.get("/todos");
    assert!(list.says("<strong>roy</strong>") && list.says("Mark as done"), "{}", list.body);
    let marked = admin.act(&format!("{path}/done"), &[("next", "/todos?show=all&order=desc")]);
    assert_eq!(marked.leads_to(), (303, "/todos?show=all&order=desc"), "back to where they were");
    assert!(admin.get("/todos?show=all").says("The todo is marked as done."));
    assert_eq!(titles(&roy.get("/todos")), [""; 0], "it is open no more");
    assert!(roy.get("/todos?show=done").says("Done"));
    assert_eq!(admin.act(&format!("{path}/undone"), &[]).leads_to(), (303, "/todos"));
    assert!(admin.get("/todos").says("The todo is open again."));
    assert_eq!(titles(&roy.get("/todos")), ["Rest"]);
    assert_eq!(admin.act("/todos/x/done", &[]).status, 404);
    let saved = admin.act(&path, &[("title", "Rest well"), ("due", "2030-01-01")]);
    assert_eq!(saved.leads_to(), (303, "/todos"));
    assert_eq!(titles(&roy.get("/todos")), ["Rest well"], "still roy's");
}

#[test]
fn strangers_log_in_and_come_back() {
    let server = server();
    let mut stranger = server.client().browsing();
    assert_eq!(stranger.get("/todos?show=all").leads_to(), (303, "/login?next=%2Ftodos%3Fshow%3Dall"));
    assert_eq!(stranger.get("/todos/new").leads_to(), (303, "/login?next=%2Ftodos%2Fnew"));
    assert_eq!(stranger.get("/todos/x/edit").leads_to(), (303, "/login?next=%2Ftodos%2Fx%2Fedit"));
    let mut roy = server.signed_in("roy", "roy");
    assert!(roy.get("/").says(r#"href="/todos""#), "and everyone else finds the way");
}

#[test]
fn the_address_that_a_failed_form_leaves_leads_back_to_the_form() {
    let server = server();
    let mut roy = server.signed_in("roy", "roy");
    assert_eq!(roy.get("/todos/x").leads_to(), (303, "/todos/x/edit"));
    for button in ["done", "undone"] {
        assert_eq!(roy.get(&format!("/todos/x/{button}")).leads_to(), (303, "/todos"));
    }
    let odd = roy.get("/todos/%2F%2Fevil.example%2Fx");
    assert_eq!(odd.leads_to(), (303, "/todos///evil.example/x/edit"), "a path of ours, whatever it says");
}
