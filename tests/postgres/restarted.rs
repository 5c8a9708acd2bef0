//! PostgreSQL is restarted while people log in: whoever comes in the meantime is told to come again, and nobody is told
//! anything else.

use crate::cluster::Load;
use crate::support::postgres_by_hand::Cluster;
use crate::support::{Server, wait_for};

#[test]
fn while_postgresql_is_restarted_there_is_a_503_and_then_all_goes_on_by_itself() {
    let mut cluster = Cluster::start();
    let server = Server::on_postgres_of(&cluster).and_seed().and_start();
    let mut admin = server.admin();
    let mut program = server.client().program("roy", "roy");
    let browser = server.client().browsing();
    Load::during(&browser, &[503], |load| {
        cluster.tell("stop");
        server.let_a_second_pass();
        let status = |path: &str| server.client().get(path).status;
        assert_eq!((status("/healthz"), status("/readyz")), (200, 503));
        let refused = admin.get("/");
        assert!(refused.status == 503 && refused.header("retry-after").is_some(), "{refused:?}");
        assert!(refused.says("Not available just now"), "{}", refused.body);
        assert_eq!(program.get("/api/v1/me").status, 503, "nobody is told that their token is no good");
        assert_eq!(server.client().log_in("roy", "roy").status, 503);
        assert_eq!(status("/login"), 200, "what needs no database goes on");

        cluster.tell("start");
        wait_for("the server to be ready again", || (status("/readyz") == 200).then_some(()));
        wait_for("those who were signed in to be so", || (admin.get("/").status == 200).then_some(()));
        assert_eq!(program.get("/api/v1/me").status, 200);
        load.goes_on();
    });
    // Whoever got no answer may have been logged in all the same. What was done, was done whole.
    let half = server.sql(
        "SELECT id FROM sessions WHERE id NOT IN \
         (SELECT detail FROM audit_events WHERE event = 'login.succeeded' AND detail IS NOT NULL)",
    );
    assert!(half.is_empty(), "{half:?}");
}
