//! Todos. Everyone sees and changes their own, admins all of them; only admins mark them as done.
//!
//! Pages, JSON and the command line call the same functions here, and say on whose behalf: who may do what is
//! decided in this place only. Someone else's todo is answered like one that doesn't exist.

mod change;
mod due;
mod event;
mod limits;
mod list;
mod overview;
pub mod sample;
mod text;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::accounts::Accounts;
use crate::accounts::session::{Identity, Revoked};
use crate::accounts::version::{Stale, Version};
use crate::accounts::work::Work;
use crate::db::{self, DbConnection, schema::todos, schema::users};
use crate::texts::{Message, Worded};

pub use change::{Edit, NewTodo, create, delete, edit, set_done};
pub use due::{Due, InvalidDue};
pub use event::Event;
pub use limits::Limits;
pub use list::{Cursor, Order, Page, Query, Sort, latest, list, search};
pub use overview::Overview;
pub(crate) use overview::overview;
pub use text::{Description, InvalidDescription, InvalidTitle, Title};

/// A todo, with the name of its owner.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
pub struct Todo {
    /// A UUID of version 7, never used again.
    pub id: String,
    /// Whose it is.
    pub user_id: String,
    /// Their username.
    #[diesel(select_expression = users::username)]
    pub username: String,
    /// One line.
    pub title: String,
    /// As many lines as it takes; empty when there is none.
    pub description: String,
    /// Whether an admin has marked it as done.
    pub done: bool,
    /// The day on which it is due.
    pub due: NaiveDate,
    /// When it was made, in UTC.
    pub created_at: NaiveDateTime,
}

impl Todo {
    /// Which version of it this is.
    pub fn version(&self) -> Version {
        Version::of(self)
    }

    /// Whether its day is over and it is not done.
    pub fn is_overdue(&self, today: Due) -> bool {
        !self.done && self.due < today.date()
    }
}

/// On whose behalf todos are read and changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Viewer {
    /// The user of this id, who has only their own.
    Owner(String),
    /// An admin, who has all.
    Admin,
}

impl Viewer {
    /// What someone is by the roles that they have now.
    pub fn of(identity: &Identity) -> Viewer {
        if identity.is_admin() { Viewer::Admin } else { Viewer::Owner(identity.user.id.clone()) }
    }

    /// On whose behalf a change is made: someone's who has their roles as of its transaction, or an operator's.
    fn acting(work: &Work<'_>) -> Viewer {
        if work.is_admin() {
            return Viewer::Admin;
        }
        Viewer::Owner(work.source().actor.as_str().unwrap_or_default().to_owned())
    }
}

/// Why a todo was not read or changed. The text says what to do next.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.words())]
pub enum Error {
    /// There is none of this id, or it is someone else's: the answer doesn't tell which.
    NotFound,
    /// An owner tried to say what is done.
    AdminsOnly,
    /// There are as many open ones as an account may have.
    TooMany(u32),
    /// Strangers see no todos here.
    LoginNeeded,
    /// It is another version than the one that the change is for.
    #[error(transparent)]
    Stale(#[from] Stale),
    /// Who wanted it has lost the right to.
    #[error(transparent)]
    Revoked(#[from] Revoked),
    /// The database did not do as it was asked.
    #[error(transparent)]
    Database(db::Error),
}

impl Worded for Error {
    fn words(&self) -> Message {
        match self {
            Error::NotFound => Message::new("todos-not-found"),
            Error::AdminsOnly => Message::new("todos-admins-only"),
            Error::TooMany(most) => Message::new("todos-too-many").with("most", *most),
            Error::LoginNeeded => Message::new("todos-login-needed"),
            Error::Stale(stale) => stale.words(),
            Error::Revoked(revoked) => revoked.words(),
            Error::Database(_) => Message::new("error-503-text"),
        }
    }
}

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Error {
        db::Error::from(error).into()
    }
}

impl From<db::Error> for Error {
    fn from(error: db::Error) -> Error {
        match error {
            // The owner was removed between the request's look at the session and the insert.
            db::Error::OwnerGone => Error::NotFound,
            error => Error::Database(error),
        }
    }
}

/// The todo of this id.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn get(accounts: &Accounts, viewer: Viewer, id: String) -> Result<Todo, Error> {
    accounts.read(move |connection| find(connection, &viewer, &id)).await
}

fn find(connection: &mut DbConnection, viewer: &Viewer, id: &str) -> Result<Todo, Error> {
    let mut query = todos::table
        .inner_join(users::table)
        .filter(todos::id.eq(id.to_owned()))
        .select(Todo::as_select())
        .into_boxed();
    if let Viewer::Owner(owner) = viewer {
        query = query.filter(todos::user_id.eq(owner.clone()));
    }
    query.get_result(connection).optional()?.ok_or(Error::NotFound)
}
