//! What the cost of a check depends on: on what the hash asks for, and on which kind of password is typed.

use super::wordpress;

/// How much a try of a hash costs.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::accounts::password) enum Work {
    /// As much as any bcrypt of this cost.
    Bcrypt(u32),
    /// So many rounds of a function. A clock has to tell how long some of them take.
    Rounds {
        /// All rounds of it cost the same.
        function: String,
        number: u32,
        /// How many a share has.
        in_share: u32,
        /// They take longer for longer passwords.
        grows: bool,
    },
    /// What a clock has to tell of each set of parameters.
    Shares {
        /// How many about equal shares, none of which takes more than a second, make the whole.
        number: u32,
        /// All hashes of these parameters cost the same.
        parameters: String,
    },
}

/// Passwords are told apart by these lengths in bytes, each standing for all that are shorter: some functions take longer
/// for longer passwords. Nobody's old password exceeds the last one, beyond which those functions are not even tried:
/// otherwise whoever types would decide what they cost.
pub(in crate::accounts::password) const LENGTHS: [usize; 3] = [32, 96, 256];

/// A number for each length, and for each kind of password: of each length, those that have one spelling, and those that
/// WordPress would have changed, so that more than one is tried.
pub(in crate::accounts::password) type ByLength = [u64; LENGTHS.len()];
pub(in crate::accounts::password) type ByKind<T = u64> = [T; 2 * LENGTHS.len()];

/// A password of the second sort, with as many spellings as there can be.
pub(super) const CHANGED: &str = " ' ";

/// The place of the kind that this password is of.
pub(in crate::accounts::password) fn kind(password: &str) -> usize {
    let length = LENGTHS.iter().position(|length| password.len() <= *length).unwrap_or(LENGTHS.len() - 1);
    let is_changed = !wordpress::spellings(password).eq([password]);
    if is_changed { LENGTHS.len() + length } else { length }
}

/// What each kind costs, when one try costs this.
pub(in crate::accounts::password) fn by_kind(of_one: ByLength, tries_if_changed: u64) -> ByKind {
    std::array::from_fn(|kind| of_one[kind % LENGTHS.len()] * if kind < LENGTHS.len() { 1 } else { tries_if_changed })
}

/// Whether a function that takes longer for longer passwords may be run on this one.
pub(super) fn is_bearable(password: &str) -> bool {
    LENGTHS.iter().any(|length| password.len() <= *length)
}

/// A password of this length in bytes.
pub(super) fn long_password(length: usize) -> String {
    "x".repeat(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_stands_for_all_that_are_shorter() {
        let kinds = [0, 32, 33, 96, 97, 256, 257].map(|length| kind(&"x".repeat(length)));
        assert_eq!(kinds, [0, 0, 1, 1, 2, 2, 2]);
        let kinds = [1, 32, 33, 96, 97, 256, 257].map(|length| kind(&"'".repeat(length)));
        assert_eq!(kinds, [3, 3, 4, 4, 5, 5, 5]);
        assert!(is_bearable(&"x".repeat(256)) && !is_bearable(&"x".repeat(257)));
        assert_eq!(by_kind([1, 2, 3], 2), [1, 2, 3, 2, 4, 6]);
    }
}
