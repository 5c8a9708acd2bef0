//! Who acts, and where a request comes from; for the audit and for the list of sessions.

use std::net::IpAddr;

use crate::db;

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Nobody that we know.
    Stranger,
    /// The user of this id.
    User(String),
    /// Whoever runs the command line.
    Operator,
    /// The program by itself, such as when it sweeps.
    System,
}

impl Actor {
    /// What the audit holds: the id of a user, `operator` or `system`; none for a stranger.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Actor::Stranger => None,
            Actor::User(id) => Some(id),
            Actor::Operator => Some("operator"),
            Actor::System => Some("system"),
        }
    }
}

/// Where a request comes from.
#[derive(Debug, Clone)]
pub struct Source {
    /// Who acts.
    pub actor: Actor,
    /// The address of the client; none for the command line and for the program itself.
    pub address: Option<IpAddr>,
    /// What the browser says it is, cut to 255 bytes.
    pub user_agent: Option<String>,
    /// The id of the request, the same for all that it caused.
    pub request_id: String,
}

impl Source {
    /// The command line.
    pub fn operator() -> Source {
        Source { actor: Actor::Operator, address: None, user_agent: None, request_id: db::new_id() }
    }

    /// The program itself: what it does because of the time, or of what it found, and nobody asked for.
    pub fn system() -> Source {
        Source { actor: Actor::System, ..Source::operator() }
    }

    /// The address as text.
    pub fn address_text(&self) -> Option<String> {
        self.address.map(|address| address.to_string())
    }
}
