//! What a check finds: a sentence about one subject, and whether something has to be done.

/// Whether something has to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// No.
    Ok,
    /// The operator has to judge.
    Note,
    /// Yes.
    Wrong,
}

impl State {
    /// The name for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Ok => "ok",
            State::Note => "note",
            State::Wrong => "wrong",
        }
    }
}

/// A sentence about one subject.
#[derive(Debug)]
pub struct Finding {
    /// The subject.
    pub about: &'static str,
    /// Whether something has to be done.
    pub state: State,
    /// The sentence.
    pub says: String,
}

/// Nothing has to be done.
pub fn ok(about: &'static str, says: String) -> Finding {
    Finding { about, state: State::Ok, says }
}

/// The operator has to judge.
pub fn note(about: &'static str, says: String) -> Finding {
    Finding { about, state: State::Note, says }
}

/// Something has to be done.
pub fn wrong(about: &'static str, says: String) -> Finding {
    Finding { about, state: State::Wrong, says }
}
