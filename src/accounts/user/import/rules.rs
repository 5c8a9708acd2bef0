//! How the rows of an import are taken, and what is found about them.

use super::row::Wrong;

/// What happens to a row whose account exists already: its username, address, former name or id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnConflict {
    /// It is wrong.
    Fail,
    /// The account stays as it is.
    Skip,
    /// The account becomes as the row says; what the row does not tell stays, and no role is taken away.
    Update,
}

/// How rows are taken.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// Passwords that are no hashes are passwords in plain text.
    pub plain: bool,
    /// Unsalted digests are stored inside a bcrypt.
    pub wrap_weak: bool,
    /// What happens to accounts that exist.
    pub on_conflict: OnConflict,
    /// Whether wrong rows are left out, instead of the whole import.
    pub keep_going: bool,
}

/// What was found about a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// It can't be imported.
    Wrong(Wrong),
    /// It is left out, because its account exists.
    Skipped(Wrong),
    /// It is imported, but nobody can log in by its hash, which can't be verified.
    Unreadable(Wrong),
}

/// What is going to be imported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How many accounts are made.
    pub imported: u64,
    /// How many accounts are changed.
    pub updated: u64,
    /// How many there are of each kind of password hash that can be verified, and of none.
    pub kinds: Vec<(String, u64)>,
    /// How many have a hash that can't be verified, and why: nobody can log in by it.
    pub unreadable: Vec<(String, u64)>,
    /// How many of the rows give the role of an admin.
    pub admins: u64,
}
