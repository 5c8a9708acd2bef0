//! `vestibule todo`: todos.

use clap::Subcommand;
use serde_json::json;

use super::Context;
use super::error::Error;
use super::list::{Column, Format, List, PAGE, Page};
use super::output::{print, print_json, say};
use crate::accounts::audit::Source;
use crate::accounts::user::{self, Which};
use crate::notation::rfc3339;
use crate::todos::{self, Description, Due, Limits, NewTodo, Order, Query, Sort, Title, Todo as Row, Viewer};

/// List and add todos.
#[derive(Debug, Subcommand)]
pub(super) enum Todo {
    /// List todos, by due date
    List {
        /// Only those of this user: username, email or id
        name: Option<String>,
        /// Only those with this text in the title or the username
        #[arg(long, value_name = "TEXT")]
        search: Option<String>,
        #[command(flatten)]
        format: Format,
    },
    /// Add a todo, and print its id
    Add {
        /// Username, email or id
        name: String,
        /// What to do, in one line
        title: Title,
        /// More about it, up to 4,000 characters
        #[arg(long, default_value = "", hide_default_value = true, value_name = "TEXT")]
        description: Description,
        /// When it is due, as YYYY-MM-DD [default: today, in UTC]
        #[arg(long, value_name = "DAY")]
        due: Option<Due>,
        /// Print the todo as JSON
        #[arg(long)]
        json: bool,
    },
}

impl Todo {
    pub(super) async fn run(self) -> Result<(), Error> {
        let context = Context::open()?;
        match self {
            Todo::List { name, search, format } => list(&context, name, search, format).await,
            Todo::Add { name, title, description, due, json } => {
                let due = due.unwrap_or_else(Due::today);
                add(&context, name, NewTodo { title, description, due }, json).await
            }
        }
    }
}

const COLUMNS: &[Column] = &[
    Column::whole("DUE", 10),
    Column::whole("STATE", 7),
    Column::cut("USER"),
    Column::cut("TITLE"),
    Column::whole("ID", 36).only_wide(),
];

async fn list(context: &Context, name: Option<String>, search: Option<String>, format: Format) -> Result<(), Error> {
    let viewer = match name {
        Some(name) => Viewer::Owner(user::show(&context.accounts, Which::Named(name)).await?.user.id),
        None => Viewer::Admin,
    };
    let mut list = List::new(format, COLUMNS);
    let mut query = Query { sort: Sort::Due, order: Order::Ascending, done: None, after: None, limit: PAGE };
    loop {
        let page = match search.clone() {
            None => todos::list(&context.accounts, viewer.clone(), query.clone()).await?,
            Some(text) => todos::search(&context.accounts, viewer.clone(), query.clone(), text).await?,
        };
        query.after = list.print(Page { rows: page.todos, next: page.next }, as_json, cells)?;
        if query.after.is_none() {
            return Ok(());
        }
    }
}

fn cells(todo: &Row) -> Vec<String> {
    vec![todo.due.to_string(), state(todo).to_owned(), todo.username.clone(), todo.title.clone(), todo.id.clone()]
}

async fn add(context: &Context, name: String, new: NewTodo, json: bool) -> Result<(), Error> {
    let owner = user::show(&context.accounts, Which::Named(name)).await?.user;
    let limits = Limits::new(&context.config.settings);
    let todo = todos::create(&context.accounts, limits, &Source::operator(), &owner.id, new).await?;
    if json {
        return print_json(&as_json(&todo));
    }
    say(&format!("Added a todo for {}, due {}:", todo.username, todo.due));
    print(&todo.id)
}

fn as_json(todo: &Row) -> serde_json::Value {
    json!({
        "id": todo.id,
        "title": todo.title,
        "description": todo.description,
        "done": todo.done,
        "due": todo.due.to_string(),
        "user": { "id": todo.user_id, "username": todo.username },
        "created_at": rfc3339(todo.created_at),
    })
}

fn state(todo: &Row) -> &'static str {
    match (todo.done, todo.is_overdue(Due::today())) {
        (true, _) => "done",
        (false, true) => "overdue",
        (false, false) => "open",
    }
}
