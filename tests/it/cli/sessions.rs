//! `vestibule session list | end`

use serde_json::Value;

use super::told;
use crate::support::Server;

#[test]
fn sessions_are_listed_with_what_tells_them_apart() {
    let server = Server::seeded();
    let phone = "Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0";
    server.client().with("User-Agent", phone).log_in("roy", "roy");
    let remember = [("username", "python"), ("password", "python"), ("remember", "on")];
    server.client().with("User-Agent", "curl/8.0").post("/login", &remember);

    let listed = server.cli(&["session", "list", "--json"]);
    let list: Value = serde_json::from_str(&listed.stdout).unwrap();
    assert_eq!((listed.code, list.as_array().unwrap().len()), (0, 2));
    let (python, roy) = (&list[0], &list[1]);
    assert_eq!(python["username"], "python", "the newest first");
    assert_eq!((&python["remembered"], &roy["remembered"]), (&true.into(), &false.into()));
    assert_eq!((&roy["user_agent"], &roy["address"]), (&phone.into(), &"127.0.0.1".into()));
    let keys =
        ["address", "created_at", "ends_at", "id", "last_seen_at", "remembered", "user_agent", "user_id", "username"];
    assert_eq!(roy.as_object().unwrap().keys().collect::<Vec<_>>(), keys);
    for at in ["created_at", "last_seen_at", "ends_at"] {
        let text = roy[at].as_str().unwrap();
        assert!(text.len() == 20 && text.ends_with('Z'), "{text}");
    }
    assert!(!listed.stdout.contains(&server.sql("SELECT token_hash FROM sessions")[0]), "{}", listed.stdout);

    let table = server.cli(&["session", "list", "ROY", "--wide"]);
    let lines: Vec<&str> = table.stdout.lines().collect();
    assert_eq!(lines.len(), 2, "{table:?}");
    let columns: Vec<&str> = lines[0].split("  ").map(str::trim).filter(|word| !word.is_empty()).collect();
    assert_eq!(columns, ["ID", "USER", "SINCE (UTC)", "LAST SEEN (UTC)", "ENDS (UTC)", "ADDRESS", "BROWSER"]);
    let id = roy["id"].as_str().unwrap();
    assert!(lines[1].starts_with(id) && lines[1].ends_with("Firefox on Android"), "in words: {table:?}");
    assert!(server.cli(&["user", "show", "roy", "--json"]).stdout.contains(r#""sessions": 1"#));
}

#[test]
fn what_has_ended_is_not_listed() {
    let server = Server::seeded();
    for column in ["idle_expires_at", "expires_at"] {
        server.signed_in("roy", "roy");
        server.execute(&format!("UPDATE sessions SET {column} = {}", server.time("-1 second")));
        assert_eq!(told(&server.cli(&["session", "list", "--json"])), (0, "[]", ""), "{column}");
    }
}

#[test]
fn sessions_are_ended_and_counted() {
    let server = Server::seeded();
    for _ in 0..2 {
        server.signed_in("roy", "roy");
    }
    server.admin();
    let id = server.sql("SELECT id FROM sessions ORDER BY id DESC LIMIT 1").remove(0);
    assert_eq!(told(&server.cli(&["session", "end", &id])), (0, "", "Sessions ended: 1"));
    assert_eq!(told(&server.cli(&["session", "end", "--user", "ROY"])), (0, "", "Sessions ended: 2"));
    assert_eq!(told(&server.cli(&["session", "end", "--user", "roy"])), (0, "", "Sessions ended: 0"));
    server.admin();
    assert_eq!(told(&server.cli(&["session", "end", "--all"])), (0, "", "Sessions ended: 1"));
    assert_eq!(told(&server.cli(&["session", "end", "--all"])), (0, "", "Sessions ended: 0"));
    for not_an_id in ["", "%", "roy", "' OR 1=1 --"] {
        assert_eq!(server.cli(&["session", "end", not_an_id]).code, 3, "{not_an_id}");
    }
}
