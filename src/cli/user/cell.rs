//! The CSV that an export writes. Spreadsheets take a cell that begins with one of a few characters for a formula, and
//! may run it. So an export puts an apostrophe before such a cell, and an import removes it again, but only from files
//! that an export wrote.

use crate::notation::may_be_a_formula;

pub(super) use crate::notation::cell as write;

/// The columns.
pub(super) const HEADING: [&str; 12] = [
    "id",
    "username",
    "former_name",
    "email",
    "name",
    "password_hash",
    "roles",
    "active",
    "waits_for",
    "created",
    "deletes_at",
    "data",
];

/// The text of a cell.
pub(super) fn read(cell: String) -> String {
    match cell.strip_prefix('\'') {
        Some(text) if may_be_a_formula(text) => text.to_owned(),
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_every_text_comes_back() {
        for text in ["", "roy", "=1+1", "'=1+1", "''-x", "-5", "+49", "@x", "\tx", "'quoted'", "'", "a=b"] {
            let cell = write(text);
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
            assert_eq!(read(cell), text);
        }
    }
}
