//! What admins read of a server: the audit, the overview, the settings in force.

mod api;
mod export;
mod list;
mod overview;
mod programs;
mod settings;

use crate::support::Server;

/// Texts that mean something to spreadsheets, terminals, pages and databases.
pub const NASTY: [&str; 30] = [
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
];

/// Puts each of them into the audit, as what a browser said it was and as a detail.
pub fn happen_nastily(server: &Server) {
    for (number, text) in NASTY.iter().enumerate() {
        let quoted = text.replace('\'', "''");
        server.execute(&format!(
            "INSERT INTO audit_events (id, at, event, user_agent, request_id, detail) \
             VALUES ('00000000-0000-7000-8000-0000000000{number:02}', '2026-01-01 00:00:{number:02}', 'login.failed', \
             '{quoted}', 'r{number}', '{quoted}')"
        ));
    }
}

/// Puts so many events into the audit, one second after the other.
pub fn happen_often(server: &Server, count: usize) {
    let at = server.seconds_after("2026-01-01 00:00:00", "i");
    // All ids begin with the time of the first second (RFC 9562).
    server.execute(&format!(
        "INSERT INTO audit_events (id, at, event, address, user_agent, request_id, detail) \
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) \
         SELECT '019b76da-4c00-7000-8000-' || (100000000000 + i), {at}, 'login.failed', '192.0.2.7', \
         'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', '-', 'made up' FROM n"
    ));
}
