//! What a check finds: a sentence about one subject, and whether something has to be done.

/// Whether something has to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// No.
    Ok,
    /// The operator has to judge.
    Note,
    /// Yes.
    Wrong,
}

impl State {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            State::Ok => "ok",
            State::Note => "note",
            State::Wrong => "wrong",
        }
    }
}

/// A sentence about one subject.
#[derive(Debug)]
pub(super) struct Finding {
    pub about: &'static str,
    pub state: State,
    pub says: String,
}

pub(super) fn ok(about: &'static str, says: String) -> Finding {
    Finding { about, state: State::Ok, says }
}

pub(super) fn note(about: &'static str, says: String) -> Finding {
    Finding { about, state: State::Note, says }
}

pub(super) fn wrong(about: &'static str, says: String) -> Finding {
    Finding { about, state: State::Wrong, says }
}
