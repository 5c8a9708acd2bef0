//! What WordPress makes of a password before it hashes it.
//!
//! Source: `wp_authenticate` trims a password. What comes by one of WordPress's own forms was changed before by
//! `wp_magic_quotes`, and is hashed and compared so (its ticket 13655); what comes from `wp core install` or from some
//! plugins was not.

/// How a password may have been hashed, the likeliest first.
pub(super) fn spellings(password: &str) -> impl Iterator<Item = String> {
    let trimmed = trimmed(password);
    let slashed = with_slashes(trimmed);
    let plain = Some(trimmed.to_owned()).filter(|plain| *plain != slashed);
    [Some(slashed), plain].into_iter().flatten()
}

/// As PHP's `trim`.
pub(super) fn trimmed(password: &str) -> &str {
    password.trim_matches([' ', '\t', '\n', '\r', '\0', '\x0b'])
}

/// As PHP's `addslashes`.
fn with_slashes(text: &str) -> String {
    let mut slashed = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '\'' | '"' | '\\' | '\0') {
            slashed.push('\\');
        }
        slashed.push(if letter == '\0' { '0' } else { letter });
    }
    slashed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_trimmed_and_has_slashes_or_not() {
        let spellings = |password| spellings(password).collect::<Vec<_>>();
        assert_eq!(spellings("correct horse"), ["correct horse"]);
        assert_eq!(spellings(" \t\u{a0}x\n\0"), ["\u{a0}x"]);
        assert_eq!(spellings(" it's "), [r"it\'s", "it's"]);
        assert_eq!(spellings("a\"b\\c\0d"), [r#"a\"b\\c\0d"#, "a\"b\\c\0d"]);
    }
}
