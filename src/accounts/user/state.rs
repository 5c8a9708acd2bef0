//! What an account is just now: whether its owner may log in, and if not, why.

use super::User;

/// The state of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Its owner may log in.
    Enabled,
    /// An admin has to approve it first.
    Waiting,
    /// It may not log in.
    Disabled,
    /// It will be removed, as its owner wants it, unless they log in before.
    Deleting,
}

impl State {
    /// All of them, the usual one first.
    pub const ALL: [State; 4] = [State::Enabled, State::Waiting, State::Disabled, State::Deleting];

    /// The names for programs of all of them.
    pub const WORDS: &[&str] = &["enabled", "waiting", "disabled", "deleting"];

    /// The state of this account.
    pub fn of(user: &User) -> State {
        match (user.disabled_at, user.waits_for(), user.deletes_at) {
            (Some(_), ..) => State::Disabled,
            (None, Some(_), _) => State::Waiting,
            (None, None, Some(_)) => State::Deleting,
            (None, None, None) => State::Enabled,
        }
    }

    /// The name for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Enabled => "enabled",
            State::Waiting => "waiting",
            State::Disabled => "disabled",
            State::Deleting => "deleting",
        }
    }

    /// Reads that name.
    pub fn parse(text: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.as_str() == text)
    }
}
