//! `GET /todos`: the list, by day, in pages.

use rocket::{Route, State, get, routes};
use serde_json::{Value, json};

use super::view::{LIST, element, entry, place, remembering};
use crate::accounts::Accounts;
use crate::http::who::CurrentUser;
use crate::texts::Message;
use crate::todos::{self, Cursor, Order, Query, Sort, Viewer};
use crate::web::error::Error;
use crate::web::page::{Layout, Page};

/// The number of todos on a page.
const PAGE: u32 = 25;

#[get("/todos?<show>&<order>&<after>")]
async fn index(
    current: CurrentUser<'_>,
    show: Option<&str>,
    order: Option<&str>,
    after: Option<&str>,
    layout: Layout<'_>,
    accounts: &State<Accounts>,
) -> Result<Page, Error> {
    let part = Part::read(show, order, after);
    let viewer = Viewer::of(current.0);
    let (query, is_admin) = (part.query(), viewer == Viewer::Admin);
    let page = todos::list(accounts, viewer, query).await?;
    let here = part.path();
    let entries = page.todos.iter().enumerate().map(|(row, todo)| {
        // Each way back leads to where the reader was: to the todo itself, or to the one that is in its place when it
        // has left the list.
        let at = |id: &str| place(Some(&format!("{here}#{}", element(id))));
        let neighbour = page.todos.get(row + 1).or_else(|| page.todos.get(row.checked_sub(1)?));
        let (stays, leaves) = (at(&todo.id), neighbour.map_or_else(|| place(Some(&here)), |todo| at(&todo.id)));
        let mut entry = entry(todo);
        for (action, next) in [("edit", &stays), ("delete", &leaves)] {
            entry[action] = remembering(&format!("{LIST}/{}/{action}", todo.id), next).into();
        }
        entry["marked"] = if part.show == Show::All { stays } else { leaves }.as_str().into();
        entry
    });
    let context = json!({
        "todos": entries.collect::<Vec<_>>(),
        "is_admin": is_admin,
        "shown": part.show.name(),
        "filters": part.filters(),
        "orders": part.orders(),
        "first": part.after.is_some().then(|| part.from(None).path()),
        "next": page.next.map(|next| part.from(Some(next)).path()),
    });
    Ok(layout.page("todos/index", context))
}

/// Which todos are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Show {
    Open,
    Done,
    All,
}

impl Show {
    fn name(self) -> &'static str {
        match self {
            Show::Open => "open",
            Show::Done => "done",
            Show::All => "all",
        }
    }
}

/// The part of the list that a page shows.
#[derive(Debug, Clone)]
struct Part {
    show: Show,
    order: Order,
    after: Option<Cursor>,
}

impl Part {
    /// Reads the query of the address. Unknown values are ignored, so that an old link still works.
    fn read(show: Option<&str>, order: Option<&str>, after: Option<&str>) -> Part {
        let show = match show {
            Some("done") => Show::Done,
            Some("all") => Show::All,
            _ => Show::Open,
        };
        let order = order.and_then(|text| text.parse().ok()).unwrap_or_default();
        Part { show, order, after: after.and_then(|text| Cursor::parse(text, Sort::Due).ok()) }
    }

    fn query(&self) -> Query {
        let done = match self.show {
            Show::Open => Some(false),
            Show::Done => Some(true),
            Show::All => None,
        };
        Query { sort: Sort::Due, order: self.order, done, after: self.after.clone(), limit: PAGE }
    }

    /// The address of this part.
    fn path(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if self.show != Show::Open {
            query.append_pair("show", self.show.name());
        }
        if self.order == Order::Descending {
            query.append_pair("order", "desc");
        }
        if let Some(after) = &self.after {
            query.append_pair("after", &after.to_text());
        }
        let query = query.finish();
        if query.is_empty() { LIST.to_owned() } else { format!("{LIST}?{query}") }
    }

    /// The same list, starting elsewhere.
    fn from(&self, after: Option<Cursor>) -> Part {
        Part { after, ..self.clone() }
    }

    /// The links that show other todos, each from the first page.
    fn filters(&self) -> Vec<Value> {
        let choices = [(Show::Open, "todos-show-open"), (Show::Done, "todos-done"), (Show::All, "todos-show-all")];
        let link = |(show, label): (Show, &'static str)| {
            let path = Part { show, after: None, ..self.clone() }.path();
            json!({ "label": Message::new(label), "path": path, "is_current": show == self.show })
        };
        choices.into_iter().map(link).collect()
    }

    /// The links that sort them, each from the first page.
    fn orders(&self) -> Vec<Value> {
        let choices = [(Order::Ascending, "todos-earliest-first"), (Order::Descending, "todos-latest-first")];
        let link = |(order, label): (Order, &'static str)| {
            let path = Part { order, after: None, ..self.clone() }.path();
            json!({ "label": Message::new(label), "path": path, "is_current": order == self.order })
        };
        choices.into_iter().map(link).collect()
    }
}

/// The route of this part.
pub fn routes() -> Vec<Route> {
    routes![index]
}
