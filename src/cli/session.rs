//! `vestibule session`: lists who is logged in, and ends sessions.

use clap::{Args, Subcommand};
use serde_json::json;

use super::Context;
use super::error::Error;
use super::list::{Column, Format, List, PAGE, Page};
use super::output::{minute, say};
use crate::accounts::audit::Source;
use crate::accounts::session::{self, Ending, Search, Session as Row};
use crate::accounts::user::Which;
use crate::accounts::user_agent;
use crate::notation::rfc3339;

/// List and end sessions.
#[derive(Debug, Subcommand)]
pub(super) enum Session {
    /// List the sessions that have not ended
    List {
        /// Only those of this user: username, email or id
        user: Option<String>,
        /// Only those with this text in the username, the address or the browser
        #[arg(long, value_name = "TEXT")]
        search: Option<String>,
        #[command(flatten)]
        format: Format,
    },
    /// End sessions: one by its id, all of a user, or everyone's
    End(End),
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(super) struct End {
    /// The id of a session, from `session list`
    id: Option<String>,
    /// End all sessions of this user: username, email or id
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// End everyone's sessions
    #[arg(long)]
    all: bool,
}

impl Session {
    pub(super) async fn run(self) -> Result<(), Error> {
        match self {
            Session::List { user, search, format } => list(user, search, format).await,
            Session::End(end) => end.run().await,
        }
    }
}

const COLUMNS: &[Column] = &[
    Column::whole("ID", 36),
    Column::cut("USER"),
    Column::whole("SINCE (UTC)", 16).only_wide(),
    Column::whole("LAST SEEN (UTC)", 16),
    Column::whole("ENDS (UTC)", 16).only_wide(),
    Column::whole("ADDRESS", 39).only_wide(),
    Column::cut("BROWSER"),
];

async fn list(user: Option<String>, text: Option<String>, format: Format) -> Result<(), Error> {
    let context = Context::open()?;
    let mut list = List::new(format, COLUMNS);
    let mut search = Search { whose: user.map(Which::Named), text, after: None, limit: PAGE };
    loop {
        let rows = session::page(&context.accounts, search.clone()).await?;
        let page = Page::of(rows, |(session, _)| session.id.clone());
        search.after = list.print(page, as_json, cells)?;
        if search.after.is_none() {
            return Ok(());
        }
    }
}

fn cells((session, username): &(Row, String)) -> Vec<String> {
    vec![
        session.id.clone(),
        username.clone(),
        minute(session.created_at),
        minute(session.last_seen_at),
        minute(session.ends_at()),
        session.address.clone().unwrap_or_default(),
        user_agent::in_words(session.user_agent.as_deref()).to_string(),
    ]
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
        let id = self.id.clone();
        let which = match (self.id, self.user) {
            (Some(id), _) => Ending::One(id),
            (None, Some(name)) => Ending::AllOf(Which::Named(name)),
            (None, None) => Ending::Everyones,
        };
        let count = session::end(&context.accounts, &Source::operator(), which).await?;
        if let Some(id) = id.filter(|_| count == 0) {
            return Err(Error::NotFound(format!("No session {id:?}: see `vestibule session list`.")));
        }
        say(&format!("Sessions ended: {count}"));
        Ok(())
    }
}
