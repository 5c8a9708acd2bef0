//! What happened once, as it is read back with the names of those concerned.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::stream::Order;
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

/// Which rows are meant.
pub(super) enum Which {
    /// What was done to this user, the latest first, from after the row of this id on, up to a number.
    Target { id: String, after: Option<String>, limit: u32 },
    /// Those of these ids, in this order.
    These(Vec<String>, Order),
}

/// Reads rows.
pub(super) fn load(connection: &mut DbConnection, which: Which) -> db::Result<Vec<Row>> {
    let (actors, targets) = diesel::alias!(users as actors, users as targets);
    let query = audit_events::table
        .left_join(actors.on(audit_events::actor.eq(actors.field(users::id).nullable())))
        .left_join(targets.on(audit_events::target.eq(targets.field(users::id).nullable())))
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
    let query = match which {
        Which::Target { id, after, limit } => {
            let of_target = query.filter(audit_events::target.eq(id)).order(audit_events::id.desc());
            let of_target = of_target.limit(limit.into());
            match after {
                Some(after) => of_target.filter(audit_events::id.lt(after)),
                None => of_target,
            }
        }
        Which::These(ids, order) => {
            let these = query.filter(audit_events::id.eq_any(ids));
            match order {
                Order::EarliestFirst => these.order(audit_events::id.asc()),
                Order::LatestFirst => these.order(audit_events::id.desc()),
            }
        }
    };
    Ok(query.load(connection)?)
}
