//! The OpenAPI document against the server, by a tool that makes up thousands of calls from it: no 5xx, and no
//! status, content type or shape that the document does not name.

use std::process::Command;

use crate::support::Server;

#[test]
fn the_document_is_true_whatever_is_sent() {
    let server = Server::prepare()
        .with("VESTIBULE_REGISTRATION", "open")
        .with("VESTIBULE_NETWORK_SIGN_UPS_PER_HOUR", "100000")
        .and_seed()
        .and_start();
    // A token of the operator's: calls that end sessions must not end it for the other calls.
    let libraries = concat!(env!("CARGO_MANIFEST_DIR"), "/target/test-python");
    for who in ["admin", "roy"] {
        let token = server.cli(&["token", "issue", who, "--ttl", "600"]).stdout;
        let output = Command::new("python3")
            .arg(format!("{libraries}/bin/st"))
            .args(["run", &format!("http://127.0.0.1:{}/api/v1/openapi.json", server.port)])
            .args(["--header", &format!("Authorization: Bearer {}", token.trim())])
            .args([
                "--checks",
                "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
            ])
            .args(["--max-examples", "15", "--seed", "1", "--phases", "examples,coverage,fuzzing"])
            .args(["--exclude-path", "/api/v1/tokens/current", "--generation-database", "none"])
            .env("PYTHONPATH", libraries)
            .current_dir(server.folder())
            .output()
            .expect("python3 is needed for this test: scripts/test says what to install");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(
            said.contains("API Operations"),
            "run scripts/test once: it installs schemathesis\n{said}\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(output.status.success(), "{who}:\n{said}");
        assert!(!said.contains("nresolvable reference"), "{said}");
    }
}
