//! `vestibule session`: who is logged in, and ending that.

use clap::{Args, Subcommand};
use serde_json::json;

use super::Context;
use super::error::Error;
use super::output::{moment, print_json, print_table, say};
use crate::accounts::audit::Source;
use crate::accounts::session::{self, Ending, Session as Row};
use crate::accounts::user::Which;
use crate::notation::rfc3339;

/// List and end sessions.
#[derive(Debug, Subcommand)]
pub(super) enum Session {
    /// List the sessions that have not ended
    List {
        /// Only those of this user (username, e-mail address or id)
        user: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// End sessions: one by its id, all of a user, or everyone's
    End(End),
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(super) struct End {
    /// The id of a session, from `session list`
    id: Option<String>,
    /// End all sessions of this user
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// End everyone's sessions
    #[arg(long)]
    all: bool,
}

impl Session {
    pub(super) async fn run(self) -> Result<(), Error> {
        match self {
            Session::List { user, json } => list(user, json).await,
            Session::End(end) => end.run().await,
        }
    }
}

async fn list(user: Option<String>, json: bool) -> Result<(), Error> {
    let context = Context::open()?;
    let rows = session::list(&context.accounts, user.map(Which::Named)).await?;
    if json {
        return print_json(&rows.iter().map(as_json).collect::<Vec<_>>());
    }
    let cells = |(session, username): &(Row, String)| {
        vec![
            session.id.clone(),
            username.clone(),
            moment(session.created_at),
            moment(session.last_seen_at),
            moment(session.ends_at()),
            session.address.clone().unwrap_or_default(),
            session.user_agent.clone().unwrap_or_default(),
        ]
    };
    let heading = ["ID", "USER", "SINCE", "LAST SEEN", "ENDS", "ADDRESS", "BROWSER"];
    print_table(&heading, &rows.iter().map(cells).collect::<Vec<_>>())
}

fn as_json((session, username): &(Row, String)) -> serde_json::Value {
    json!({
        "id": session.id,
        "user_id": session.user_id,
        "username": username,
        "remembered": session.remembered,
        "created_at": rfc3339(session.created_at),
        "last_seen_at": rfc3339(session.last_seen_at),
        "ends_at": rfc3339(session.ends_at()),
        "address": session.address,
        "user_agent": session.user_agent,
    })
}

impl End {
    async fn run(self) -> Result<(), Error> {
        let context = Context::open()?;
        let which = match (self.id, self.user) {
            (Some(id), _) => Ending::One(id),
            (None, Some(name)) => Ending::AllOf(Which::Named(name)),
            (None, None) => Ending::Everyones,
        };
        let is_one = matches!(which, Ending::One(_));
        let count = session::end(&context.accounts, &Source::operator(), which).await?;
        if is_one && count == 0 {
            return Err(Error::NotFound("There is no such session.".into()));
        }
        say(&format!("Sessions ended: {count}"));
        Ok(())
    }
}
