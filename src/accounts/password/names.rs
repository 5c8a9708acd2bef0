//! The names of the owner and of this server in a password: whoever guesses tries them first, so they count for nothing.

use unicode_normalization::UnicodeNormalization;

/// Names of one or two letters are in every other word.
const SHORTEST: usize = 3;

/// Whose password it will be; it has to be more than these texts.
#[derive(Debug, Clone, Copy, Default)]
pub struct Owner<'a> {
    /// The username.
    pub username: &'a str,
    /// The display name.
    pub display_name: &'a str,
    /// The email address, when there is one.
    pub email: Option<&'a str>,
}

/// What is left of a password, in lower case and NFKC, without the names of the owner and of this server: whole and word by word, wherever they
/// stand, forwards and backwards. Nothing when only figures and marks are left.
pub(super) fn without_names(password: &str, owner: Owner<'_>, site: &str) -> String {
    let letters: Vec<char> = password.chars().collect();
    let names = names(owner, site);
    let rest = without(&letters, names.iter());
    if rest != password && !rest.contains(char::is_alphabetic) {
        return String::new();
    }
    without(&letters, names.iter().filter(|name| name.len() >= SHORTEST))
}

/// What the owner and this server are called by: names and the address, whole and in words, each with a letter in it.
fn names(owner: Owner<'_>, site: &str) -> Vec<Vec<char>> {
    let local_part = owner.email.and_then(|email| email.split('@').next()).unwrap_or_default();
    let whole = [owner.username, owner.display_name, owner.email.unwrap_or_default(), local_part, site, "vestibule"];
    let words = [owner.username, owner.display_name, local_part, site].into_iter().flat_map(|text| {
        let words = text.split(|c: char| !c.is_alphanumeric());
        words.chain(text.split(|c: char| !c.is_alphabetic()))
    });
    let names = whole.into_iter().chain(words).filter(|name| name.contains(char::is_alphabetic));
    names.map(|name| name.to_lowercase().nfkc().collect()).collect()
}

/// The password without each letter that is part of a name, read in either direction.
fn without<'a>(password: &[char], names: impl Iterator<Item = &'a Vec<char>>) -> String {
    let mut is_part = vec![false; password.len()];
    for name in names {
        for (start, window) in password.windows(name.len()).enumerate() {
            if window == name || window.iter().rev().eq(name) {
                is_part[start..start + name.len()].fill(true);
            }
        }
    }
    password.iter().zip(is_part).filter(|(_, is_part)| !is_part).map(|(letter, _)| letter).collect()
}
