//! `vestibule user edit`

use serde_json::Value;

use super::told;
use crate::support::Server;

#[test]
fn name_and_email_are_changed_and_removed_and_a_running_server_follows() {
    let server = Server::seeded();
    let mut roy = server.client().program("roy", "roy");
    let edit = |arguments: &[&str]| server.cli(&[&["user", "edit"], arguments].concat());
    let both = edit(&["roy", "--name", "Roy B.", "--email", "Roy@Example.com"]);
    assert_eq!(told(&both), (0, "", "Changed roy: the name is Roy B., the email is Roy@Example.com."));
    server.let_a_second_pass();
    let me = roy.get("/api/v1/me").json();
    assert_eq!((&me["name"], &me["email"]), (&"Roy B.".into(), &"Roy@Example.com".into()));
    let audit = server.audit();
    assert_eq!(told(&edit(&["roy@example.com", "--name", "Roy B."])), (0, "", "roy is like that already."));
    assert_eq!(server.audit(), audit);
    let json = edit(&["roy", "--no-email", "--json"]);
    let user = serde_json::from_str::<Value>(&json.stdout).unwrap()["user"].clone();
    assert_eq!((json.code, &user["email"], &user["name"]), (0, &Value::Null, &"Roy B.".into()));
    assert_eq!(told(&edit(&["roy", "--email", "roy@example.com"])).2, "Changed roy: the email is roy@example.com.");

    for (arguments, code, said) in [
        (&["roy"][..], 2, "--name <NAME>"),
        (&["roy", "--email", "x@example.com", "--no-email"], 2, "cannot be used with"),
        (&["roy", "--email", "nonsense"], 2, "email"),
        (&["roy", "--name", "a\u{202e}b"], 2, "A name has 1 to 60 characters"),
        (&["nobody", "--name", "N"], 3, "nobody"),
        (&["python", "--email", "ROY@example.com"], 4, "This email address belongs to another account."),
    ] {
        let refused = edit(arguments);
        assert_eq!(refused.code, code, "{arguments:?}: {}", refused.stderr);
        assert!(
            refused.stderr.starts_with("Error: ") && refused.stderr.contains(said),
            "{arguments:?}: {}",
            refused.stderr
        );
    }
}
