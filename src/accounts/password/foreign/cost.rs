//! What the cost of a hash depends on, beside what it says.

/// Passwords are told apart by these lengths in bytes, each standing for all that are shorter: some functions take longer
/// for longer passwords. Nobody's old password exceeds the last one, beyond which those functions are not even tried:
/// their cost would be for whoever types to decide.
pub(in crate::accounts::password) const LENGTHS: [usize; 3] = [32, 96, 256];

/// A number for each of the lengths.
pub(in crate::accounts::password) type ByLength<T> = [T; LENGTHS.len()];

/// Which of the lengths stands for that of this password.
pub(in crate::accounts::password) fn class(password: &str) -> usize {
    LENGTHS.iter().position(|length| password.len() <= *length).unwrap_or(LENGTHS.len() - 1)
}

/// Whether a function that takes longer for longer passwords may be run on this one.
pub(super) fn is_bearable(password: &str) -> bool {
    LENGTHS.iter().any(|length| password.len() <= *length)
}

/// The next number with five significant bits. passlib made up another number of rounds for each of its hashes: all that
/// are about as dear count as equally dear, so that only a few have to be measured.
pub(super) fn rounded_up(rounds: u32) -> u32 {
    let unit = 1 << rounds.ilog2().saturating_sub(4);
    rounds.div_ceil(unit) * unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_stands_for_all_that_are_shorter() {
        let classes = [0, 32, 33, 96, 97, 256, 257].map(|length| class(&"x".repeat(length)));
        assert_eq!(classes, [0, 0, 1, 1, 2, 2, 2]);
        assert!(is_bearable(&"x".repeat(256)) && !is_bearable(&"x".repeat(257)));
    }

    #[test]
    fn rounds_are_rounded_up_by_a_sixteenth_at_most() {
        for (rounds, rounded) in [(1, 1), (31, 31), (33, 34), (535_000, 557_056), (10_000_000, 10_485_760)] {
            assert_eq!(rounded_up(rounds), rounded, "{rounds}");
            assert_eq!(rounded_up(rounded), rounded);
        }
        let of_passlib: std::collections::HashSet<u32> = (481_500..588_500).map(rounded_up).collect();
        assert!(of_passlib.len() <= 6, "{of_passlib:?}");
    }
}
