//! Todos in pages.
//!
//! A page begins behind the last todo of the one before, wherever that is by now: what is added or removed
//! in between makes no todo come twice or not at all.

use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Due, Error, Limits, Todo, Viewer};
use crate::accounts::{Accounts, user};
use crate::db::{DbConnection, schema::todos, schema::users};

/// What a list is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// The day on which they are due.
    #[default]
    Due,
    /// When they were made.
    Created,
}

/// The direction of the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The earliest first.
    #[default]
    Ascending,
    /// The latest first.
    Descending,
}

/// A text that names no order, said to whoever sent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("This has to be {0}.")]
pub struct Unknown(&'static str);

impl Sort {
    /// The words for it.
    pub const WORDS: &[&str] = &["due", "created"];
}

impl Order {
    /// The words for it.
    pub const WORDS: &[&str] = &["asc", "desc"];
}

impl FromStr for Sort {
    type Err = Unknown;

    fn from_str(text: &str) -> Result<Sort, Unknown> {
        match text {
            "due" => Ok(Sort::Due),
            "created" => Ok(Sort::Created),
            _ => Err(Unknown("due or created")),
        }
    }
}

impl FromStr for Order {
    type Err = Unknown;

    fn from_str(text: &str) -> Result<Order, Unknown> {
        match text {
            "asc" => Ok(Order::Ascending),
            "desc" => Ok(Order::Descending),
            _ => Err(Unknown("asc or desc")),
        }
    }
}

/// A place in a list: behind this todo. Ids sort by the time they were made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    due: Option<NaiveDate>,
    id: String,
}

/// A text that is no place in a list, said to whoever sent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("This is not the `next` of a list with this `sort`.")]
pub struct InvalidCursor;

impl Cursor {
    fn behind(todo: &Todo, sort: Sort) -> Cursor {
        Cursor { due: (sort == Sort::Due).then_some(todo.due), id: todo.id.clone() }
    }

    /// Reads what [`Cursor::to_text`] wrote for a list that is sorted so.
    ///
    /// # Errors
    /// When it did not.
    pub fn parse(text: &str, sort: Sort) -> Result<Cursor, InvalidCursor> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| InvalidCursor)?;
        let plain = String::from_utf8(bytes).map_err(|_| InvalidCursor)?;
        let (due, id) = match (sort, plain.split_once('/')) {
            (Sort::Due, Some((due, id))) => (Some(Due::parse(due).map_err(|_| InvalidCursor)?.date()), id),
            (Sort::Created, None) => (None, plain.as_str()),
            _ => return Err(InvalidCursor),
        };
        let id = uuid::Uuid::try_parse(id).map_err(|_| InvalidCursor)?.to_string();
        Ok(Cursor { due, id })
    }

    /// The text for a link or a document.
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(match self.due {
            Some(due) => format!("{due}/{}", self.id),
            None => self.id.clone(),
        })
    }
}

/// What to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// What it is sorted by.
    pub sort: Sort,
    /// Which way round.
    pub order: Order,
    /// Only those that are done, or only those that are not.
    pub done: Option<bool>,
    /// Where the page begins; it has to be of the same sort.
    pub after: Option<Cursor>,
    /// The most todos on a page.
    pub limit: u32,
}

/// One page.
#[derive(Debug)]
pub struct Page {
    /// The todos.
    pub todos: Vec<Todo>,
    /// Where the next page begins; none on the last one.
    pub next: Option<Cursor>,
}

/// Lists the todos that someone has.
///
/// # Errors
/// Those of the database.
pub async fn list(accounts: &Accounts, viewer: Viewer, query: Query) -> Result<Page, Error> {
    accounts.read(move |connection| page(connection, &viewer, &query, None)).await
}

/// The same of the todos whose title or owner has this text in it, in any case.
///
/// # Errors
/// As [`list`].
pub async fn search(accounts: &Accounts, viewer: Viewer, query: Query, text: String) -> Result<Page, Error> {
    accounts.read(move |connection| page(connection, &viewer, &query, Some(&text))).await
}

#[diesel::declare_sql_function]
extern "SQL" {
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

fn page(connection: &mut DbConnection, viewer: &Viewer, query: &Query, text: Option<&str>) -> Result<Page, Error> {
    let limit = i64::from(query.limit);
    let mut select = todos::table.inner_join(users::table).limit(limit + 1).select(Todo::as_select()).into_boxed();
    if let Viewer::Owner(owner) = viewer {
        select = select.filter(todos::user_id.eq(owner.clone()));
    }
    if let Some(done) = query.done {
        select = select.filter(todos::done.eq(done));
    }
    if let Some(text) = text {
        let pattern = user::pattern(text);
        let title = lower(todos::title).like(pattern.clone()).escape('\\');
        select = select.filter(title.or(users::username.like(pattern).escape('\\')));
    }
    select = match (query.sort, query.order) {
        (Sort::Due, Order::Ascending) => select.order((todos::due.asc(), todos::id.asc())),
        (Sort::Due, Order::Descending) => select.order((todos::due.desc(), todos::id.desc())),
        (Sort::Created, Order::Ascending) => select.order(todos::id.asc()),
        (Sort::Created, Order::Descending) => select.order(todos::id.desc()),
    };
    // The day alone comes first in each condition, because an index can begin there.
    select = match (query.after.clone(), query.order) {
        (None, _) => select,
        (Some(Cursor { due: None, id }), Order::Ascending) => select.filter(todos::id.gt(id)),
        (Some(Cursor { due: None, id }), Order::Descending) => select.filter(todos::id.lt(id)),
        (Some(Cursor { due: Some(due), id }), Order::Ascending) => {
            select.filter(todos::due.ge(due)).filter(todos::due.gt(due).or(todos::id.gt(id)))
        }
        (Some(Cursor { due: Some(due), id }), Order::Descending) => {
            select.filter(todos::due.le(due)).filter(todos::due.lt(due).or(todos::id.lt(id)))
        }
    };
    let mut todos: Vec<Todo> = select.load(connection)?;
    let more = todos.len() as i64 > limit;
    todos.truncate(query.limit as usize);
    let next = todos.last().filter(|_| more).map(|todo| Cursor::behind(todo, query.sort));
    Ok(Page { todos, next })
}

/// The latest todos of everyone, as many as strangers may see, sorted as they want it.
///
/// # Errors
/// [`Error::LoginNeeded`] when strangers may see none.
pub async fn latest(accounts: &Accounts, limits: Limits, query: Query) -> Result<Vec<Todo>, Error> {
    if limits.public == 0 {
        return Err(Error::LoginNeeded);
    }
    let newest = Query {
        sort: Sort::Created,
        order: Order::Descending,
        done: query.done,
        after: None,
        limit: limits.public.min(query.limit),
    };
    let mut todos = list(accounts, Viewer::Admin, newest).await?.todos;
    match query.sort {
        Sort::Due => todos.sort_by(|a, b| (a.due, &a.id).cmp(&(b.due, &b.id))),
        Sort::Created => todos.reverse(),
    }
    if query.order == Order::Descending {
        todos.reverse();
    }
    Ok(todos)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_of_one_sort_and_can_not_be_bent() {
        let id = crate::db::new_id();
        let due = Cursor { due: Some(Due::parse("2030-01-31").unwrap().date()), id: id.clone() };
        let created = Cursor { due: None, id };
        assert_eq!(Cursor::parse(&due.to_text(), Sort::Due), Ok(due.clone()));
        assert_eq!(Cursor::parse(&created.to_text(), Sort::Created), Ok(created.clone()));
        assert_eq!(Cursor::parse(&due.to_text(), Sort::Created), Err(InvalidCursor));
        assert_eq!(Cursor::parse(&created.to_text(), Sort::Due), Err(InvalidCursor));
        let text = |plain: &str| URL_SAFE_NO_PAD.encode(plain);
        for bad in ["", "x", "%", "====", &text("2030-01-31/"), &text("2030-02-31/x"), &text("/"), &text("\u{0}")] {
            assert_eq!(Cursor::parse(bad, Sort::Due), Err(InvalidCursor), "{bad}");
            assert_eq!(Cursor::parse(bad, Sort::Created), Err(InvalidCursor), "{bad}");
        }
    }
}
