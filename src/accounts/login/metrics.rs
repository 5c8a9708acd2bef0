//! How logins end, counted for monitoring.

use crate::metrics::Counter;

/// How a login ended, as far as monitoring goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// A session has begun.
    Succeeded,
    /// The name or the password was wrong, or the account may not log in.
    Wrong,
    /// The password was right, and the account still waits.
    Waiting,
    /// Too many attempts.
    Throttled,
    /// A captcha comes first.
    Captcha,
    /// Too many passwords waited already.
    Busy,
    /// The database did not answer, or something else was out of order.
    Failed,
}

impl Ended {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Ended; 7] =
        [Ended::Succeeded, Ended::Wrong, Ended::Waiting, Ended::Throttled, Ended::Captcha, Ended::Busy, Ended::Failed];

    /// In a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Ended::Succeeded => "succeeded",
            Ended::Wrong => "wrong",
            Ended::Waiting => "waiting",
            Ended::Throttled => "throttled",
            Ended::Captcha => "captcha",
            Ended::Busy => "busy",
            Ended::Failed => "failed",
        }
    }
}

/// How many logins ended in which way since the start, on pages and by programs.
#[derive(Debug, Default)]
pub struct Logins([Counter; Ended::ALL.len()]);

impl Logins {
    /// Counts one more.
    pub(in crate::accounts) fn count(&self, ended: Ended) {
        self.0[ended as usize].count();
    }

    /// How many ended in each way.
    pub fn all(&self) -> impl Iterator<Item = (Ended, u64)> {
        Ended::ALL.into_iter().map(|ended| (ended, self.0[ended as usize].get()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_has_a_number_of_its_own() {
        let logins = Logins::default();
        for (place, ended) in Ended::ALL.into_iter().enumerate() {
            (0..=place).for_each(|_| logins.count(ended));
        }
        assert_eq!(logins.all().map(|(_, number)| number).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6, 7]);
    }
}
