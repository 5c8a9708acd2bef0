//! PostgreSQL is away, as while it is restarted: a 503 for everybody, nobody is a stranger, and it heals by itself.

use std::time::{Duration, Instant};

use crate::support::wait_for;
use crate::{database, seeded};

/// How long it may take until all is well again: five seconds, and more where other tests use the same cores.
const HEALED_WITHIN: Duration = Duration::from_secs(20);

#[test]
fn while_nobody_can_connect_there_is_a_503_and_afterwards_all_is_as_before() {
    let server = seeded();
    let mut admin = server.admin();
    let sessions = server.sql("SELECT id FROM sessions");
    database(&server).admit(false);
    database(&server).disconnect();
    server.let_a_second_pass();
    for path in ["/", "/login", "/todos", "/logout"] {
        let began = Instant::now();
        let reply = admin.get(path);
        assert_eq!((reply.status, reply.all("set-cookie").count()), (503, 0), "{path}: {reply:?}");
        assert!(reply.header("retry-after").is_some() && reply.says("Reference:"), "{path}");
        assert!(began.elapsed() < HEALED_WITHIN, "{path}: {:?}", began.elapsed());
    }
    assert_eq!(server.client().log_in("roy", "roy").status, 503);
    let healthy = |path: &str| server.client().get(path).status;
    assert_eq!((healthy("/healthz"), healthy("/readyz"), healthy("/login")), (200, 503, 200));
    for secret in [database(&server).name(), "vestibule@"] {
        let down = server.client().log_in("roy", "roy");
        assert!(!down.body.contains(secret), "{secret}: {}", down.body);
    }

    database(&server).admit(true);
    let began = Instant::now();
    wait_for("the database to be ready", || (healthy("/readyz") == 200).then_some(()));
    wait_for("who was signed in to be so", || (admin.get("/").status == 200).then_some(()));
    assert_eq!(server.client().log_in("roy", "roy").leads_to(), (303, "/"));
    assert!(began.elapsed() < HEALED_WITHIN, "{:?}", began.elapsed());
    assert!(sessions.iter().all(|id| server.sql("SELECT id FROM sessions").contains(id)), "nobody was logged out");
}
