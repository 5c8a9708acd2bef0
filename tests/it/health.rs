//! What load balancers, containers and monitors ask: whether the process runs, and whether it can do its work.

use crate::support::{Reply, Server};

/// A probe as kubelet or a load balancer sends it: by address, whatever the site is called.
fn probe(server: &Server, path: &str, host: &str) -> Reply {
    server.client().raw(format!("GET {path} HTTP/1.1\r\n{host}Connection: close\r\n\r\n").as_bytes())
}

#[test]
fn probes_are_answered_whatever_host_they_ask_for_and_leave_no_trace() {
    let server = Server::prepare().with("ROCKET_LOG_LEVEL", "debug").and_seed().public("https://login.example.com");
    let server = server.and_start();
    let (audit, said) = (server.audit(), server.stderr());
    for path in ["/healthz", "/readyz"] {
        for host in [
            "",
            "Host: 10.0.0.7:8000\r\n",
            "Host: a\r\nHost: b\r\n",
            "Host: evil.example\r\nX-Forwarded-For: 192.0.2.1\r\n",
        ] {
            let answer = probe(&server, path, host);
            assert_eq!((answer.status, answer.body.as_str()), (200, "ok\n"), "{path} {host}");
            assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
            assert_eq!(answer.header("cache-control"), Some("no-store"));
            assert!(answer.header("content-security-policy").is_some() && answer.all("set-cookie").count() == 0);
        }
        assert_eq!(server.client().with("Host", "10.0.0.7").bare("HEAD", path).status, 200, "{path}");
        assert_eq!(server.client().with("Host", "10.0.0.7").bare("POST", path).status, 421, "only what reads");
        assert_eq!(server.client().with("Host", "login.example.com").bare("POST", path).status, 405);
    }
    for other in ["/healthz/", "//healthz", "/healthz/x", "/%68ealthz", "/"] {
        assert_eq!(probe(&server, other, "Host: 10.0.0.7:8000\r\n").status, 421, "{other}: only these very addresses");
    }
    assert_eq!(server.audit(), audit);
    let since = server.stderr().replacen(&said, "", 1);
    let told = since.lines().filter(|line| line.contains("GET /healthz") || line.contains("readyz 200"));
    assert_eq!(told.collect::<Vec<_>>(), [""; 0]);
    assert!(!since.contains("trusted_proxies"), "a forwarded probe is no mistake in the settings: {since}");
}

#[test]
fn a_database_that_is_not_as_the_program_knows_it_is_not_ready() {
    let server = Server::seeded();
    let ready = || {
        let answer = server.client().get("/readyz");
        assert_eq!(answer.body, if answer.status == 200 { "ok\n" } else { "unavailable\n" }, "no details");
        answer.status
    };
    assert_eq!(ready(), 200);
    let newest = server.sql("SELECT max(version) FROM __diesel_schema_migrations").remove(0);
    server.execute(&format!("DELETE FROM __diesel_schema_migrations WHERE version = '{newest}'"));
    assert_eq!(ready(), 503, "a migration is missing");
    server.execute(&format!("INSERT INTO __diesel_schema_migrations (version) VALUES ('{newest}'), ('99999999')"));
    assert_eq!(ready(), 200, "a newer version has been here: migrations only add");
    assert!(server.admin().is_signed_in());
    server.execute("DELETE FROM __diesel_schema_migrations WHERE version = '99999999'");
    server.execute("ALTER TABLE __diesel_schema_migrations RENAME TO moved");
    assert_eq!((ready(), server.client().get("/healthz").status), (503, 200), "the process itself is well");
    assert!(!server.stderr().contains("readyz"), "never logged: {}", server.stderr());
}
