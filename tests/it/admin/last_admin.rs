//! Somebody stays who can administer, whichever door is used, and however many at once.

use serde_json::json;

use super::{hidden, id_of, page_of, save};
use crate::support::{Client, GOOD_PASSWORD, Server};

const LAST: &str = "This is the last admin: give the role admin to someone else first.";

#[test]
fn the_last_admin_is_kept_by_every_page() {
    let server = Server::seeded();
    let mut admin = server.admin();
    let own = page_of(&server, "admin");
    for act in ["disable", "delete"] {
        let refused = admin.act(&format!("{own}/{act}"), &[]);
        assert!(refused.status == 409 && refused.says(LAST), "{act}: {}", refused.body);
    }
    assert!(admin.get(&format!("{own}/delete")).says(LAST), "before anyone presses a button");
    let refused = save(&mut admin, &own, &[("name", "Another"), ("roles", "staff")]);
    assert!(refused.status == 409 && refused.says(LAST), "{}", refused.body);
    assert_eq!(server.sql("SELECT display_name FROM users WHERE username = 'admin'"), ["Admin"], "all or nothing");
    assert!(server.sql("SELECT role FROM user_roles WHERE role = 'staff'").is_empty());
    let mut program = server.client().program("admin", "password");
    let id = id_of(&server, "admin");
    assert_eq!(program.call("PATCH", &format!("/api/v1/users/{id}"), &json!({ "enabled": false })).status, 409);
    assert_eq!(program.bare("DELETE", &format!("/api/v1/users/{id}")).status, 409);
    assert_eq!(program.bare("DELETE", &format!("/api/v1/users/{id}/roles/admin")).status, 409);
    for command in [
        &["user", "disable", "admin"][..],
        &["user", "role", "remove", "admin", "admin"],
        &["user", "delete", "admin", "--yes"],
    ] {
        assert_eq!(server.cli(command).code, 1, "{command:?}");
    }
    assert_eq!(admin.get("/admin/users").status, 200);
}

/// One of two admins, with what they are about to send, and by which of four ways.
struct Attempt {
    page: Client,
    program: Client,
    token: String,
    version: String,
    id: String,
    name: &'static str,
    way: usize,
}

impl Attempt {
    /// By this admin, against this account.
    fn new(server: &Server, by: (&str, &str), against: &'static str, way: usize) -> Attempt {
        let mut page = server.signed_in(by.0, by.1);
        let token = page.csrf();
        let version = hidden(&page.get(&format!("{}/edit", page_of(server, against))), "version");
        let program = server.client().program(by.0, by.1);
        Attempt { page, program, token, version, id: id_of(server, against), name: against, way: way % 4 }
    }

    fn send(self) {
        let Attempt { mut page, mut program, token, version, id, name, way } = self;
        let reply = match way {
            0 => page.post(&format!("/admin/users/{id}/disable"), &[("csrf", &token)]),
            1 => {
                let fields =
                    [("csrf", token.as_str()), ("version", &version), ("username", name), ("name", "Somebody")];
                page.post(&format!("/admin/users/{id}/edit"), &[&fields[..], &[("roles", ""), ("email", "")]].concat())
            }
            2 => program.call("PATCH", &format!("/api/v1/users/{id}"), &json!({ "enabled": false })),
            _ => program.bare("DELETE", &format!("/api/v1/users/{id}/roles/admin")),
        };
        assert!([200, 204, 303, 401, 403, 409].contains(&reply.status), "way {}: {reply:?}", way);
    }
}

/// Twenty times, by pages and by the API, each against the other, or each against themselves.
#[test]
fn two_admins_who_end_each_others_rights_at_once_leave_one() {
    let server = Server::seeded();
    server.add_user_with("boss", &["--role", "admin"]);
    let (admin, boss) = (("admin", "password"), ("boss", GOOD_PASSWORD));
    for round in 0..20 {
        let (first, second) = if round % 5 == 4 { ("admin", "boss") } else { ("boss", "admin") };
        let attempts =
            [Attempt::new(&server, admin, first, round), Attempt::new(&server, boss, second, round + round / 4)];
        std::thread::scope(|scope| {
            for attempt in attempts {
                scope.spawn(move || attempt.send());
            }
        });
        let left =
            "SELECT count(*) FROM users JOIN user_roles ON user_id = id WHERE role = 'admin' AND disabled_at IS NULL";
        assert_eq!(server.sql(left), ["1"], "round {round}");
        server.execute("UPDATE users SET disabled_at = NULL");
        server.execute("DELETE FROM user_roles WHERE role = 'admin'");
        server.execute(
            "INSERT INTO user_roles (user_id, role) SELECT id, 'admin' FROM users WHERE username IN ('admin', 'boss')",
        );
    }
}
