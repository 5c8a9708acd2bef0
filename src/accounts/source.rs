//! Who acts, and where a request comes from.

use std::net::IpAddr;

use crate::db;

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Someone who needs no right for what they do, such as log in: a stranger, or the user of this id.
    Visitor(Option<String>),
    /// Someone who is signed in and acts as such. Every change looks at their rights once more.
    User(Acting),
    /// Whoever runs the command line.
    Operator,
    /// The program by itself, such as when it sweeps.
    System,
}

impl Actor {
    /// What the audit stores: the id of a user, `operator` or `system`; none for a stranger.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Actor::Visitor(id) => id.as_deref(),
            Actor::User(acting) => Some(&acting.user_id),
            Actor::Operator => Some("operator"),
            Actor::System => Some("system"),
        }
    }
}

/// The session that someone acts by, and what they need to be for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acting {
    pub(super) user_id: String,
    pub(super) session_id: String,
    /// The signing key of the access token that they act by; none for a cookie.
    pub(super) signing_key: Option<String>,
    pub(super) as_admin: bool,
}

impl Acting {
    /// This user, by this session, shown by a token that this key has signed or by a cookie.
    pub(super) fn new(user_id: &str, session_id: &str, signing_key: Option<&str>) -> Acting {
        Acting {
            user_id: user_id.to_owned(),
            session_id: session_id.to_owned(),
            signing_key: signing_key.map(str::to_owned),
            as_admin: false,
        }
    }

    /// As the admin that they are.
    pub fn as_admin(&self) -> Acting {
        Acting { as_admin: true, ..self.clone() }
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

    /// The same request in the name of this user, for what needs no right.
    pub(super) fn of_visitor(&self, user_id: &str) -> Source {
        Source { actor: Actor::Visitor(Some(user_id.to_owned())), ..self.clone() }
    }

    /// The address as text.
    pub fn address_text(&self) -> Option<String> {
        self.address.map(|address| address.to_string())
    }
}
