//! One spelling for names that people type in many ways.

use unicode_normalization::UnicodeNormalization;

/// Every spelling of one name (case, spaces around it, full-width letters) as one text. For looking up
/// and counting; the result need not be a valid username.
pub fn canonical(typed: &str) -> String {
    typed.nfkc().collect::<String>().to_lowercase().nfkc().collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_has_one_canonical_spelling() {
        for typed in ["admin", "ADMIN", "  Admin\t", "ａｄｍｉｎ", "\u{3000}ＡＤＭＩＮ"] {
            assert_eq!(canonical(typed), "admin", "{typed:?}");
        }
    }
}
