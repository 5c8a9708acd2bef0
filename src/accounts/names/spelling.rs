//! One spelling for names that people type in many ways.

use unicode_normalization::UnicodeNormalization;

/// Every spelling of one name (case, spaces around it, full-width letters) as one text. For looking up
/// and counting; the result need not be a valid username.
///
/// NUL is in no name, and PostgreSQL takes no text with one, not even to look for it.
pub fn canonical(typed: &str) -> String {
    let one_case = typed.nfkc().collect::<String>().to_lowercase().nfkc().collect::<String>();
    one_case.trim().replace('\0', "\u{FFFD}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_has_one_canonical_spelling() {
        for typed in ["admin", "ADMIN", "  Admin\t", "ａｄｍｉｎ", "\u{3000}ＡＤＭＩＮ"] {
            assert_eq!(canonical(typed), "admin", "{typed:?}");
        }
        assert_eq!(canonical("a\0B"), "a\u{FFFD}b");
    }
}
