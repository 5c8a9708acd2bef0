//! The CSV that an export writes. Spreadsheets take a cell that begins with one of a few characters for a formula, and
//! may run it. So an export puts an apostrophe before such a cell, and an import removes it again, but only from files
//! that an export wrote.

pub(super) use crate::notation::{cell as write, text_of as read};

/// The columns.
pub(super) const HEADING: [&str; 13] = [
    "id",
    "username",
    "former_name",
    "email",
    "email_confirmed",
    "name",
    "password_hash",
    "roles",
    "active",
    "waits_for",
    "created",
    "deletes_at",
    "data",
];

/// Whether these columns are those of an export, or of one from before addresses were confirmed.
pub(super) fn is_ours(names: &[String]) -> bool {
    let former = HEADING.into_iter().filter(|name| *name != "email_confirmed");
    names == HEADING || names.iter().map(String::as_str).eq(former)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_every_text_comes_back() {
        for text in [
            "",
            "roy",
            "=1+1",
            "'=1+1",
            "''-x",
            "-5",
            "+49",
            "@x",
            "\tx",
            "'quoted'",
            "'",
            "a=b",
            "a;=1+1",
            "a;'=1+1",
            "a; \"=1+1",
            "a;\"'=1+1",
            ";;\t@x\t'",
            "\t;-1",
            "a;\r\n''+1",
            " =1",
            "\"=1\"",
            "a;b;'c';",
            "a\t\"\"=1",
        ] {
            let cell = write(text);
            for separator in [',', ';', '\t', '\n'] {
                for part in cell.split(separator) {
                    assert!(!part.trim_start_matches([' ', '"']).starts_with(['=', '+', '-', '@']), "{cell:?}");
                }
            }
            assert!(!cell.starts_with(['\t', '\r']), "{cell:?}");
            assert_eq!(read(&cell), text);
        }
        for kept in ["a,=1", "a;b", "{\"a\": -1}", "x - 5; y"] {
            assert_eq!(write(kept), kept);
        }
    }
}
