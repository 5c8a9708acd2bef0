//! The audit, read back: by operators, and by people about their own account.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::accounts::Accounts;
use crate::accounts::user::{self, Which};
use crate::db::{self, DbConnection, schema::audit_events, schema::users};

/// What happened once.
#[derive(Debug, Clone, Queryable)]
pub struct Row {
    /// The id; ids sort by the time they were made.
    pub id: String,
    /// When, in UTC.
    pub at: NaiveDateTime,
    /// The name of the event, such as `login.succeeded`.
    pub event: String,
    /// The id of the user who did it, `operator` or `system`; none for a stranger.
    pub actor: Option<String>,
    /// The id of the user it was done to.
    pub target: Option<String>,
    /// The address it came from.
    pub address: Option<String>,
    /// What the browser or program said it was.
    pub user_agent: Option<String>,
    /// The id of the request, the same for all that it caused.
    pub request_id: String,
    /// What else there is to know.
    pub detail: Option<String>,
    /// The username of the actor, as long as there is one.
    pub actor_name: Option<String>,
    /// The username of the target, as long as there is one.
    pub target_name: Option<String>,
}

/// Who did something to an account, as its owner may know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The owner.
    You,
    /// Nobody that we know, such as someone who failed to log in.
    Stranger,
    /// Another user: an admin.
    Admin,
    /// Whoever runs the command line.
    Operator,
    /// The program by itself.
    System,
}

impl By {
    /// The name for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            By::You => "you",
            By::Stranger => "stranger",
            By::Admin => "admin",
            By::Operator => "operator",
            By::System => "system",
        }
    }
}

impl Row {
    /// Who did it to the target.
    pub fn by(&self) -> By {
        match self.actor.as_deref() {
            None => By::Stranger,
            Some("operator") => By::Operator,
            Some("system") => By::System,
            actor if actor == self.target.as_deref() => By::You,
            // Whoever guesses passwords may be logged in as someone else.
            Some(_) if self.event.starts_with("login.") => By::Stranger,
            Some(_) => By::Admin,
        }
    }
}

/// What happened to an account, the latest first, from after the row of this id on.
///
/// # Errors
/// When the database does not answer.
pub async fn about(accounts: &Accounts, user_id: &str, after: Option<String>, limit: u32) -> db::Result<Vec<Row>> {
    let user_id = user_id.to_owned();
    accounts.read(move |connection| read_about(connection, &user_id, after, limit)).await
}

/// [`about`], for those who read more at the same time.
pub(crate) fn read_about(
    connection: &mut DbConnection,
    user_id: &str,
    after: Option<String>,
    limit: u32,
) -> db::Result<Vec<Row>> {
    let search = Search { event: None, whose: None, order: Order::LatestFirst, after, limit };
    let mut rows = load(connection, search, Concerned::Target(user_id.to_owned()))?;
    // Where an admin works from is not told to everyone whose account they change.
    for row in rows.iter_mut().filter(|row| row.by() == By::Admin) {
        (row.address, row.user_agent) = (None, None);
    }
    Ok(rows)
}

/// In which order rows come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// As they happened.
    EarliestFirst,
    /// The other way round.
    LatestFirst,
}

/// Which rows a page is of.
#[derive(Debug, Clone)]
pub struct Search {
    /// Those of this event, or group of events: `login` is all that begin with `login.`.
    pub event: Option<String>,
    /// Those that this user did, or that were done to them. One who was removed is still found by their id.
    pub whose: Option<Which>,
    /// In which order.
    pub order: Order,
    /// The id of the row after which the page begins.
    pub after: Option<String>,
    /// The most rows on a page.
    pub limit: u32,
}

/// A page of the audit.
///
/// # Errors
/// [`user::Error::NotFound`] when there is no such user and never was, and when the database does not answer.
pub async fn page(accounts: &Accounts, search: Search) -> Result<Vec<Row>, user::Error> {
    let page = move |connection: &mut DbConnection| {
        let concerned = match &search.whose {
            None => Concerned::Anyone,
            Some(which) => Concerned::Either(id_of(connection, which)?),
        };
        Ok(load(connection, search, concerned)?)
    };
    accounts.read(page).await
}

/// The id of a user who is there, or of one that the audit remembers.
fn id_of(connection: &mut DbConnection, which: &Which) -> Result<String, user::Error> {
    let (Which::Id(name) | Which::Named(name)) = which;
    match user::get(connection, which) {
        Ok(user) => Ok(user.id),
        Err(user::Error::NotFound(unknown)) => {
            let remembered = audit_events::table.filter(audit_events::target.eq(name));
            let is_remembered: bool = diesel::select(diesel::dsl::exists(remembered)).get_result(connection)?;
            if is_remembered { Ok(name.clone()) } else { Err(user::Error::NotFound(unknown)) }
        }
        Err(error) => Err(error),
    }
}

/// Whom rows have to do with.
enum Concerned {
    Anyone,
    Target(String),
    Either(String),
}

fn load(connection: &mut DbConnection, search: Search, concerned: Concerned) -> db::Result<Vec<Row>> {
    let (actors, targets) = diesel::alias!(users as actors, users as targets);
    let mut query = audit_events::table
        .left_join(actors.on(audit_events::actor.eq(actors.field(users::id).nullable())))
        .left_join(targets.on(audit_events::target.eq(targets.field(users::id).nullable())))
        .limit(search.limit.into())
        .select((
            audit_events::id,
            audit_events::at,
            audit_events::event,
            audit_events::actor,
            audit_events::target,
            audit_events::address,
            audit_events::user_agent,
            audit_events::request_id,
            audit_events::detail,
            actors.field(users::username).nullable(),
            targets.field(users::username).nullable(),
        ))
        .into_boxed();
    query = match (search.order, search.after) {
        (Order::EarliestFirst, None) => query.order(audit_events::id.asc()),
        (Order::EarliestFirst, Some(after)) => query.order(audit_events::id.asc()).filter(audit_events::id.gt(after)),
        (Order::LatestFirst, None) => query.order(audit_events::id.desc()),
        (Order::LatestFirst, Some(after)) => query.order(audit_events::id.desc()).filter(audit_events::id.lt(after)),
    };
    query = match concerned {
        Concerned::Anyone => query,
        Concerned::Target(id) => query.filter(audit_events::target.eq(id)),
        Concerned::Either(id) => query.filter(audit_events::target.eq(id.clone()).or(audit_events::actor.eq(id))),
    };
    if let Some(event) = search.event {
        let group = format!("{}.%", user::escape(&event));
        query = query.filter(audit_events::event.eq(event).or(audit_events::event.like(group).escape('\\')));
    }
    Ok(query.load(connection)?)
}
