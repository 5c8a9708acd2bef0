//! Someone's account, sessions, known devices, todos, data and activity, for themselves to take along: one document for
//! people and programs.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::accounts::Accounts;
use crate::accounts::audit::list::{self, Row};
use crate::accounts::login::device::{self, Device};
use crate::accounts::session::{self, Identity, Session};
use crate::accounts::user;
use crate::accounts::user::Which;
use crate::accounts::user::data;
use crate::accounts::user::email_change::{self, Asked};
use crate::db;
use crate::notation::rfc3339;
use crate::todos::{self, Order, Query, Sort, Todo, Viewer};

/// How many todos are read at a time.
const PAGE: u32 = 500;

/// The most events in the document, the latest ones. A program may have caused millions within a year, and the document
/// is made in memory.
const MOST_EVENTS: u32 = 10_000;

/// The most bytes of todos, the earliest ones: of those that are done an account may have any number.
const MOST_TEXT: usize = 8 * 1024 * 1024;

/// All of it. Passwords and tokens are not in it: of these only digests are stored.
#[derive(Debug, Serialize)]
pub struct Export {
    /// When it was made (RFC 3339, UTC, as all times in it).
    pub exported_at: String,
    account: AccountPart,
    sessions: Vec<SessionPart>,
    /// The browsers and programs that it knows.
    devices: Vec<DevicePart>,
    todos: Vec<TodoPart>,
    /// Whether these are all; else they are the earliest ones.
    todos_are_complete: bool,
    /// What an app keeps for them: any JSON.
    data: Option<Value>,
    /// What happened to the account, the latest first.
    activity: Vec<EventPart>,
    /// Whether that is all of it that is stored; else it is the latest part.
    activity_is_complete: bool,
}

#[derive(Debug, Serialize)]
struct AccountPart {
    id: String,
    username: String,
    name: String,
    email: Option<String>,
    email_confirmed_at: Option<String>,
    /// The address that was asked for, and waits for its link.
    email_change: Option<EmailChangePart>,
    roles: Vec<String>,
    created_at: String,
    password_set_at: Option<String>,
}

#[derive(Debug, Serialize)]
struct EmailChangePart {
    email: String,
    /// Until when the link works.
    expires_at: String,
}

/// A login that has not ended.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Session)]
pub struct SessionPart {
    id: String,
    /// `browser` or `token`.
    kind: &'static str,
    /// Whether it is the one that this request belongs to.
    current: bool,
    created_at: String,
    last_seen_at: String,
    /// When it expires if unused.
    ends_at: String,
    address: Option<String>,
    user_agent: Option<String>,
}

/// A browser or program that has logged in to the account before. Its token is not in it.
#[derive(Debug, Serialize)]
struct DevicePart {
    kind: &'static str,
    known_since: String,
    known_until: String,
}

#[derive(Debug, Serialize)]
struct TodoPart {
    id: String,
    title: String,
    description: String,
    due: String,
    done: bool,
    created_at: String,
}

/// What happened once.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Activity)]
pub struct EventPart {
    id: String,
    at: String,
    /// The name of the event, such as `login.succeeded`.
    event: String,
    /// Who did it: `you`, `stranger`, `admin`, `operator` or `system`.
    by: &'static str,
    address: Option<String>,
    user_agent: Option<String>,
    /// What else there is to know.
    detail: Option<String>,
}

/// Why there is no document.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The account is gone.
    #[error(transparent)]
    User(#[from] user::Error),
    /// Their todos can't be read.
    #[error(transparent)]
    Todos(#[from] todos::Error),
    /// The database does not answer.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// Reads it for the person of a session.
///
/// # Errors
/// When the database does not answer.
pub async fn of(accounts: &Accounts, identity: &Identity) -> Result<Export, Error> {
    let user = &identity.user;
    let asked = email_change::pending(accounts, &user.id).await?;
    let sessions = session::list(accounts, Some(Which::Id(user.id.clone()))).await?;
    let devices = device::list(accounts, &user.id).await?;
    let (todos, todos_are_complete) = all_todos(accounts, &user.id).await?;
    let data = data::get(accounts, &user.id).await?;
    let mut events = list::about(accounts, &user.id, None, MOST_EVENTS + 1).await?;
    let activity_is_complete = events.len() <= MOST_EVENTS as usize;
    events.truncate(MOST_EVENTS as usize);
    Ok(Export {
        exported_at: rfc3339(db::now()),
        account: account(identity, asked),
        sessions: sessions.into_iter().map(|(session, _)| SessionPart::of(session, &identity.session.id)).collect(),
        devices: devices.into_iter().map(device).collect(),
        todos,
        todos_are_complete,
        data: data.map(data::UserData::into_value),
        activity: events.into_iter().map(EventPart::of).collect(),
        activity_is_complete,
    })
}

/// The name of the file for someone, with the day: usernames are of letters that a header can have.
pub fn file_name(username: &str) -> String {
    format!("vestibule-{username}-{}.json", db::now().date())
}

/// Their own, also those of an admin, who sees everyone's elsewhere.
async fn all_todos(accounts: &Accounts, user_id: &str) -> Result<(Vec<TodoPart>, bool), Error> {
    let (mut all, mut bytes) = (Vec::new(), 0);
    let mut query = Query { sort: Sort::Created, order: Order::Ascending, done: None, after: None, limit: PAGE };
    loop {
        let page = todos::list(accounts, Viewer::Owner(user_id.to_owned()), query.clone()).await?;
        bytes += page.todos.iter().map(|todo| todo.title.len() + todo.description.len()).sum::<usize>();
        all.extend(page.todos.into_iter().map(todo));
        query.after = page.next;
        if query.after.is_none() || bytes > MOST_TEXT {
            return Ok((all, query.after.is_none()));
        }
    }
}

fn account(Identity { user, roles, .. }: &Identity, asked: Option<Asked>) -> AccountPart {
    AccountPart {
        id: user.id.clone(),
        username: user.username.clone(),
        name: user.display_name.clone(),
        email: user.email.clone(),
        email_confirmed_at: user.email_confirmed_at.map(rfc3339),
        email_change: asked
            .map(|Asked { email, expires_at }| EmailChangePart { email, expires_at: rfc3339(expires_at) }),
        roles: roles.clone(),
        created_at: rfc3339(user.created_at),
        password_set_at: user.password_set_at.map(rfc3339),
    }
}

impl SessionPart {
    /// Of a session, seen from this one, by its id.
    pub fn of(session: Session, this: &str) -> SessionPart {
        SessionPart {
            kind: session.kind().as_str(),
            current: session.id == this,
            created_at: rfc3339(session.created_at),
            last_seen_at: rfc3339(session.last_seen_at),
            ends_at: rfc3339(session.ends_at()),
            id: session.id,
            address: session.address,
            user_agent: session.user_agent,
        }
    }
}

fn device(device: Device) -> DevicePart {
    DevicePart {
        kind: device.kind.as_str(),
        known_since: rfc3339(device.created_at),
        known_until: rfc3339(device.expires_at),
    }
}

fn todo(todo: Todo) -> TodoPart {
    TodoPart {
        id: todo.id,
        title: todo.title,
        description: todo.description,
        due: todo.due.to_string(),
        done: todo.done,
        created_at: rfc3339(todo.created_at),
    }
}

impl EventPart {
    /// Of a row of the audit, for its target.
    pub fn of(row: Row) -> EventPart {
        EventPart {
            at: rfc3339(row.at),
            by: row.by().as_str(),
            id: row.id,
            event: row.event,
            address: row.address,
            user_agent: row.user_agent,
            detail: row.detail,
        }
    }
}
