//! What strangers have typed is text on every page of admins: names, addresses, notes, browsers, details.

use super::page_of;
use crate::support::Server;

/// Each would do something if it were not shown as text.
const NASTY: [&str; 30] = [
    "<script>alert(1)</script>",
    "</title><script>alert(2)</script>",
    "\"><img src=x onerror=alert(3)>",
    "'><svg onload=alert(4)>",
    "<b id=nasty>bold</b>",
    "<a href=//evil.example>click</a>",
    "</td></tr></table><form action=//evil.example>",
    "<!-- comment",
    "--><b>after",
    "<![CDATA[<b>]]>",
    "<style>*{display:none}</style>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<base href=//evil.example>",
    "<input name=csrf value=x>",
    "<button formaction=//evil.example>",
    "\" autofocus onfocus=alert(5) x=\"",
    "' style='position:fixed",
    "<iframe srcdoc='<script>alert(6)</script>'>",
    "{{ csrf }}<i>",
    "{% raw %}<i>",
    "${7*7}<i>",
    "&lt;script&gt;<i>",
    "&#60;b&#62;<i>",
    "=HYPERLINK(\"//evil.example\")<i>",
    "<ScRiPt>alert(7)</sCrIpT>",
    "<script\n>alert(8)</script>",
    "<math><mtext></mtext><b>",
    "javascript:alert(9)//<i>",
    "\u{202e}<b>right to left",
    "<plaintext>",
];

#[test]
fn nothing_that_was_typed_becomes_part_of_a_page() {
    let server = Server::seeded();
    let mut admin = server.admin();
    server.client().pair("roy", "roy");
    server.invite(&["--note", "x"]);
    let roy = page_of(&server, "roy");
    for nasty in NASTY {
        let text = nasty.replace('\'', "''");
        let id = roy.rsplit('/').next().unwrap();
        server.execute(&format!("UPDATE users SET display_name = '{text}', email = '{text}' WHERE id = '{id}'"));
        server
            .execute(&format!("UPDATE sessions SET user_agent = '{text}', address = '{text}' WHERE user_id = '{id}'"));
        server.execute(&format!("UPDATE invitations SET note = '{text}', email = '{text}'"));
        server
            .execute(&format!("UPDATE audit_events SET detail = '{text}', address = '{text}', user_agent = '{text}'"));
        let session = server.sql(&format!("SELECT id FROM sessions WHERE user_id = '{id}'")).remove(0);
        let invitation = server.sql("SELECT id FROM invitations").remove(0);
        let query: String = url::form_urlencoded::byte_serialize(nasty.as_bytes()).collect();
        let escaped = nasty.replace('&', "&amp;").replace('<', "&lt;");
        for (path, shows) in [
            ("/admin/users".to_owned(), true),
            (roy.clone(), true),
            (format!("{roy}/edit"), true),
            (format!("{roy}/delete"), true),
            ("/admin/sessions".to_owned(), true),
            (format!("/admin/sessions/{session}/end"), false),
            ("/admin/invitations".to_owned(), true),
            (format!("/admin/invitations/{invitation}/revoke"), true),
            (format!("/admin/users?start={query}&role={query}&state={query}&after={query}"), true),
            (format!("/admin/sessions?whose={query}&after={query}"), true),
            (format!("/admin/invitations?after={query}"), false),
        ] {
            let page = admin.get(&path);
            assert_eq!(page.status, 200, "{path}");
            assert!(!page.body.contains(nasty), "{nasty} is raw in {path}");
            let first = escaped.split(['"', '\'', '/', '>', '=']).next().unwrap();
            assert!(!shows || page.body.contains(first), "{first} is missing in {path}: {}", page.body);
        }
    }
}
