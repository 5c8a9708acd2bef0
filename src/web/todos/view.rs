//! Todos as the templates show them.

use serde_json::{Value, json};

use crate::http::local_path::LocalPath;
use crate::texts;
use crate::todos::{Due, Todo};

/// The most characters and lines of a description that is shown in full; longer ones are folded.
const SHORT: (usize, usize) = (240, 4);

/// One todo.
pub fn entry(todo: &Todo) -> Value {
    let today = Due::today();
    let (length, lines) = (todo.description.chars().count(), todo.description.lines().count());
    json!({
        "id": todo.id,
        "element": element(&todo.id),
        "title": todo.title,
        "description": todo.description,
        "is_long": length > SHORT.0 || lines > SHORT.1,
        "done": todo.done,
        "overdue": todo.is_overdue(today),
        "due_today": !todo.done && todo.due == today.date(),
        "due": { "at": texts::day(todo.due), "iso": todo.due.to_string() },
        "owner": todo.username,
    })
}

/// The address of the list, where every form leads back to.
pub const LIST: &str = "/todos";

/// The part of the list that someone came from; the whole list when `next` is absent or leads anywhere else.
pub fn place(next: Option<&str>) -> LocalPath {
    let told = next.and_then(LocalPath::parse);
    let told = told.filter(|path| path.as_str().split(['?', '#']).next() == Some(LIST));
    told.unwrap_or_else(|| LocalPath::parse(LIST).expect("it is a path of ours"))
}

/// The id of a todo's element in the list.
pub fn element(id: &str) -> String {
    format!("todo-{id}")
}

/// A path that remembers where to go back to.
pub fn remembering(path: &str, here: &LocalPath) -> String {
    if here.as_str() == LIST {
        return path.to_owned();
    }
    let next: String = url::form_urlencoded::byte_serialize(here.as_str().as_bytes()).collect();
    format!("{path}?next={next}")
}
