//! The rules of an import, and what is found about its rows.

use super::row::Wrong;

/// What to do with a row whose username, address, former name or id an account has already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnConflict {
    /// The row is wrong.
    Fail,
    /// The account stays as it is.
    Skip,
    /// The account is updated from the row. Values that the row does not give stay, and no role is taken away.
    Update,
}

/// The rules of an import.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// Treat passwords that are no hashes as plain text, and hash them.
    pub plain: bool,
    /// Accept unsalted digests, and store them inside a bcrypt hash.
    pub wrap_weak: bool,
    /// What to do with rows whose account exists.
    pub on_conflict: OnConflict,
    /// Whether only wrong rows are left out, rather than the whole import.
    pub keep_going: bool,
}

/// What was found about a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// It can't be imported.
    Wrong(Wrong),
    /// It is left out, because its account exists.
    Skipped(Wrong),
    /// It is imported, but nobody can log in with its hash, which can't be verified.
    Unreadable(Wrong),
}

/// What is going to be imported.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// How many accounts are made.
    pub imported: u64,
    /// How many accounts are changed.
    pub updated: u64,
    /// How many accounts have each kind of password hash that can be verified, or no password.
    pub kinds: Vec<(String, u64)>,
    /// How many accounts have a hash that can't be verified, and why: nobody can log in with it.
    pub unreadable: Vec<(String, u64)>,
    /// How many rows give the role `admin`.
    pub admins: u64,
}
