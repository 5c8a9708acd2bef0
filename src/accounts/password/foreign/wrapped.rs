//! What an unsalted digest was stored as: `$bcrypt-sha256-of-md5$…`, our own format around the digest in hex. Whoever
//! steals the table has to break a bcrypt for each guess, as with any other account.

use super::super::bcrypt_sha256::Stored;
use super::super::weak::Function;

/// How the beginning of our own format is spelt here, but for the name of the function.
const OURS: &str = "$bcrypt-sha256";

/// A stored hash, taken apart.
pub(in crate::accounts::password) struct Wrapped {
    function: Function,
    pub cost: u32,
    /// The bcrypt, in our own format.
    hash: String,
}

impl Wrapped {
    pub fn parse(stored: &str) -> Option<Wrapped> {
        let (name, rest) = stored.strip_prefix(OURS)?.strip_prefix("-of-")?.split_once('$')?;
        let function = Function::named(name)?;
        let hash = format!("{OURS}${rest}");
        Some(Wrapped { function, cost: Stored::of_any_cost(&hash)?.cost, hash })
    }

    pub fn is_bearable(&self) -> bool {
        Stored::parse(&self.hash).is_some()
    }

    pub fn matches(&self, password: &str) -> bool {
        Stored::parse(&self.hash).is_some_and(|stored| stored.matches(&self.function.hex_of(password)))
    }
}

/// How a bcrypt in our own format, of a digest in hex, is stored.
pub(in crate::accounts::password) fn stored(function: Function, hash: &str) -> String {
    hash.replacen(OURS, &format!("{OURS}-of-{}", function.name()), 1)
}
