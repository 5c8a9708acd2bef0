//! What people notice of three nodes: nothing, as long as one of them is there.

use std::time::Instant;

use super::load::Load;
use super::nginx::Cluster;

#[test]
fn who_logs_in_through_one_is_known_at_all_and_who_is_ended_at_one_is_refused_at_all() {
    let cluster = Cluster::start();
    let mut browser = cluster.browser();
    assert_eq!(browser.log_in("roy", "roy").leads_to(), (303, "/"));
    assert!(browser.jar.contains_key("__Host-session"), "as behind https");
    for _ in 0..6 {
        assert!(browser.is_signed_in(), "whichever node nginx asks");
    }
    let mut at_each: Vec<_> = (0..3).map(|node| cluster.browser_at(node).having(&browser)).collect();
    assert!(at_each.iter_mut().all(|browser| browser.is_signed_in()));
    let mut at_one = cluster.browser_at(0).having(&browser);
    assert_eq!(at_one.get("/logout").leads_to(), (303, "/login"));
    assert!(!cluster.browser_at(0).having(&browser).is_signed_in(), "at once");
    cluster.nodes[0].let_a_second_pass();
    assert!(at_each.iter_mut().all(|browser| !browser.is_signed_in()), "and elsewhere within a second");
    assert!(!browser.is_signed_in());
    let addresses = cluster.nodes[0].sql("SELECT DISTINCT address FROM audit_events WHERE event = 'login.succeeded'");
    assert_eq!(addresses, ["127.0.0.1"]);
    assert!(cluster.nodes.iter().all(|node| !node.stderr().contains("WARN")), "{}", cluster.nodes[0].stderr());
}

#[test]
fn a_node_that_is_killed_takes_no_more_with_it_than_what_it_was_asked() {
    let mut cluster = Cluster::start();
    let browser = cluster.browser();
    let mut killed = None;
    let load = Load::during(&browser, &[], |load| {
        cluster.nodes[1].kill();
        killed = Some(Instant::now());
        // Long enough for nginx to try it again, which it does every five seconds.
        for _ in 0..6 {
            cluster.nodes[0].let_a_second_pass();
        }
        load.goes_on();
        cluster.nodes[1].start(&["serve"]);
    });
    let lost = load.lost();
    assert!(lost.iter().all(|began| Some(*began) < killed), "what began later was answered by another node");
    assert!(lost.len() <= 4, "each of the four has one request at a time: {}", lost.len());
}

#[test]
fn nodes_are_replaced_one_by_one_with_a_migration_and_nobody_fails_to_log_in() {
    let mut cluster = Cluster::start();
    // As if the version that ran before had no todos yet. Nobody in here looks at any.
    cluster.nodes[0].execute("DROP TABLE todos");
    cluster.nodes[0].execute("DELETE FROM __diesel_schema_migrations WHERE version = '20261122000006'");
    let browser = cluster.browser();
    let load = Load::during(&browser, &[], |load| {
        for node in 0..3 {
            cluster.replace(node);
            load.goes_on();
        }
        assert_eq!(cluster.nodes[0].sql("SELECT count(*) FROM todos"), ["0"], "the first has made it");
        // A node of the next version has run a migration that the others don't know: they go on, and none starts.
        let unknown = "20990101000001";
        let row = format!("INSERT INTO __diesel_schema_migrations (version) VALUES ('{unknown}')");
        cluster.nodes[0].execute(&row);
        load.goes_on();
        for node in 0..3 {
            assert_eq!(cluster.browser_at(node).get("/readyz").status, 200);
        }
        let refused = cluster.nodes[0].another_node().refuses_to_start(&["serve"]);
        assert!(refused.code == 1 && refused.stderr.contains(unknown), "{refused:?}");
        assert!(refused.stderr.contains("newer version of Vestibule"), "{refused:?}");
    });
    assert!(load.lost().is_empty(), "nobody had to try again");
}
