//! What strangers may have typed, in files.

use super::*;

/// Texts that mean something to spreadsheets, terminals, readers of CSV or JSON, pages and databases.
pub(crate) const NASTY: [&str; 33] = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "'=1+1",
    "''@x",
    "\t=1+1",
    "\r=1+1",
    "=cmd|' /C calc'!A0",
    "=HYPERLINK(\"http://evil.example\",\"x\")",
    "a,b;c\td",
    "\"quoted\"",
    "a\"b,\"\"c",
    "two\nlines",
    "two\r\nlines",
    "\u{1b}[31mred",
    "\u{1b}]0;title\u{7}",
    "\u{9b}2J",
    "\u{202e}txt.exe",
    "\u{2066}isolated\u{2069}",
    "a\u{8}\u{8}b",
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "'; DROP TABLE users; --",
    "%_\\",
    "../../etc/passwd",
    "e\u{301}\u{200d}\u{1f469}",
    "\u{feff}bom",
    "\u{fffd}",
    "x;=1+1",
    "x; \"=1+1",
    "x\t@y;'-1",
];

fn row(text: &str) -> Row {
    Row {
        id: "01".to_owned(),
        at: db::now(),
        event: "login.failed".to_owned(),
        actor: None,
        target: Some("02".to_owned()),
        address: None,
        user_agent: Some(text.to_owned()),
        request_id: "-".to_owned(),
        detail: Some(text.to_owned()),
        actor_name: None,
        target_name: Some(text.to_owned()),
    }
}

#[test]
fn in_csv_nothing_is_a_formula_and_nothing_steers_a_terminal() {
    for text in NASTY {
        let file = [HEADING.as_bytes(), &csv_line(&row(text))].concat();
        let mut reader = csv::Reader::from_reader(file.as_slice());
        let names = reader.headers().unwrap().clone();
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(records.len(), 1, "{text:?}");
        for column in ["user_agent", "detail", "target_name"] {
            let place = names.iter().position(|name| name == column).unwrap();
            let cell = &records[0][place];
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{text:?}: {cell:?}");
            assert!(!cell.contains(crate::accounts::names::is_forbidden), "{text:?}: {cell:?}");
            for part in cell.split([';', '\t']) {
                let formula = part.trim_start_matches([' ', '"']).starts_with(['=', '+', '-', '@']);
                assert!(!formula, "{text:?}: {cell:?}");
            }
            assert_eq!(crate::notation::text_of(cell), plain(text));
        }
    }
}

#[test]
fn in_json_lines_every_text_comes_back() {
    for text in NASTY {
        let line = String::from_utf8(Format::JsonLines.line(&row(text))).unwrap();
        assert_eq!(line.matches('\n').count(), 1, "{text:?}");
        assert!(!line.trim_end().contains(crate::accounts::names::is_forbidden), "{text:?}: {line:?}");
        let object: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!((&object["user_agent"], &object["detail"]), (&text.into(), &text.into()));
        assert_eq!(object["actor"], serde_json::Value::Null);
    }
}
