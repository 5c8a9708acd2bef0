//! `GET /api/v1/audit`, and the filters of the command line.

use serde_json::{Value, json};

use super::happen_often;
use crate::support::Server;

#[test]
fn programs_of_admins_read_it_in_pages() {
    let server = Server::seeded();
    happen_often(&server, 70);
    server.client().log_in("roy", "wrong");
    let mut admin = server.client().program("admin", "password");
    let first = admin.get("/api/v1/audit?event=login.failed&limit=60");
    assert_eq!(first.status, 200);
    let list = first.json();
    let events = list["events"].as_array().unwrap();
    assert_eq!(
        (events.len(), &events[0]["target_name"], &events[1]["address"]),
        (60, &"roy".into(), &"192.0.2.7".into())
    );
    let fields: Vec<&str> = events[0].as_object().unwrap().keys().map(String::as_str).collect();
    for field in ["id", "at", "event", "actor", "actor_name", "target", "address", "user_agent", "request_id", "detail"]
    {
        assert!(fields.contains(&field), "{field}");
    }
    let link = first.header("link").unwrap().to_owned();
    let second = admin.get(link.strip_prefix('<').unwrap().split('>').next().unwrap()).json();
    assert_eq!((second["events"].as_array().map(Vec::len), &second["next"]), (Some(11), &Value::Null));
    let bad = admin.get("/api/v1/audit?address=x&from=y&user=z&limit=5");
    let named = json!({
        "address": ["This has to be an IP address, such as 192.0.2.7 or 2001:db8::7."],
        "from": ["This has to be a day such as 2030-01-31, or a time such as 2030-01-31T12:00:00Z."],
    });
    assert_eq!((bad.status, &bad.json()["errors"]), (422, &named));
    let nobody = admin.get("/api/v1/audit?user=nobody-at-all");
    assert_eq!((nobody.status, nobody.json()["errors"]["user"].is_array()), (422, true));
    assert_eq!(server.client().program("roy", "roy").get("/api/v1/audit").status, 403);
}

#[test]
fn the_command_line_has_the_same_filters() {
    let server = Server::seeded();
    happen_often(&server, 30);
    server.client().log_in("roy", "wrong");
    let lines = |arguments: &[&str]| {
        let printed = server.cli(&[&["audit", "--json"], arguments].concat());
        assert_eq!((printed.code, printed.stderr.as_str()), (0, ""), "{arguments:?}");
        printed.stdout.lines().count()
    };
    assert_eq!(lines(&["--address", "192.0.2.7"]), 30);
    assert_eq!(lines(&["--address", "192.0.2.7", "--from", "2026-01-01T00:00:11Z"]), 20);
    assert_eq!(lines(&["--until", "2026-01-01", "--event", "login"]), 30);
    assert_eq!(lines(&["--from", "2026-01-02", "--event", "login.failed"]), 1);
    assert!(lines(&["--user", "operator"]) > 3);
    let wrong = server.cli(&["audit", "--address", "x", "--from", "y"]);
    assert_eq!((wrong.code, wrong.stdout.as_str()), (2, ""));
    assert!(wrong.stderr.contains("--address: This has to be an IP") && wrong.stderr.contains("--from: "), "{wrong:?}");
    assert_eq!(server.cli(&["audit", "--export", "csv", "--json"]).code, 2);
}
