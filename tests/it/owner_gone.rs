//! Accounts that are removed while a request of theirs is under way: the request finds nothing, and nobody is told that
//! the server is out of order.

use serde_json::json;

use crate::support::{Client, Server};

/// Removes the owner of a row right before it is written, when whoever writes it has long been let in.
fn remove_before_insert(server: &Server, table: &str) {
    let removed = "DELETE FROM users WHERE id = NEW.user_id";
    server.trigger("too_late", &format!("BEFORE INSERT ON {table}"), removed);
}

#[test]
fn what_is_written_for_an_account_that_is_gone_is_404() {
    for table in ["user_data", "todos"] {
        let server = Server::seeded();
        let (mut program, mut browser) = (server.client().program("roy", "roy"), server.signed_in("roy", "roy"));
        let token = browser.csrf();
        remove_before_insert(&server, table);
        let counts = server.row_counts();
        let refused = match table {
            "user_data" => vec![program.call("PUT", "/api/v1/me/data", &json!({ "colour": "blue" }))],
            _ => vec![
                program.call("POST", "/api/v1/todos", &json!({ "title": "Rest" })),
                browser.post("/todos", &[("csrf", &token), ("title", "Rest")]),
            ],
        };
        for reply in refused {
            assert_eq!(reply.status, 404, "{reply:?}");
        }
        assert_eq!(server.row_counts(), counts, "nothing was written");
    }
}

#[test]
fn removing_an_account_under_its_requests_is_401_or_404_at_each() {
    let write = |mut client: Client, number: usize| match number % 5 {
        0 => client.call("PUT", "/api/v1/me/data", &json!([1])).status,
        1 => client.call("POST", "/api/v1/todos", &json!({ "title": "Rest" })).status,
        2 => client.call("PATCH", "/api/v1/me", &json!({ "name": "Roy B." })).status,
        3 => client.bare("DELETE", "/api/v1/me/data").status,
        _ => client.bare("DELETE", "/api/v1/tokens/current").status,
    };
    let server = Server::seeded();
    let program = server.client().program("roy", "roy");
    // Whoever is let in now waits to write, until the account is gone.
    let mut lock = server.connection();
    lock.lock();
    std::thread::scope(|scope| {
        let requests: Vec<_> = (0..10)
            .map(|number| {
                scope.spawn({
                    let client = program.clone();
                    move || write(client, number)
                })
            })
            .collect();
        // What came later was answered, so the others have been let in, or soon are.
        let mut stranger = server.client();
        (0..20).for_each(|_| assert_eq!(stranger.get("/login").status, 200));
        lock.execute("DELETE FROM users WHERE username = 'roy'");
        lock.commit();
        for (number, request) in requests.into_iter().enumerate() {
            let status = request.join().unwrap();
            // To remove what is gone already is no error.
            let fine = if matches!(number % 5, 3 | 4) { &[204, 401][..] } else { &[401, 404] };
            assert!(fine.contains(&status), "{number}: {status}");
        }
    });
    assert_eq!(server.sql("SELECT count(*) FROM users"), ["3"]);
}
