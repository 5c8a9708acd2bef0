//! The OpenAPI document against the server, by a tool that makes up thousands of calls from it: no 5xx, and no
//! status, content type or shape that the document does not name; in all phases and by all checks of the tool.

use std::process::Command;

use crate::support::Server;

/// What may end the login that the calls are made with: these are tried by themselves, so that the others don't all end
/// in a 401.
const ENDING: &[&str] = &["logOut", "endMySession", "changePassword"];

/// What no document can satisfy. Schemas can't say which passwords are common, which `after` a list has given out, or that
/// one of three fields is needed; and unknown fields are refused though the document leaves room for those of a GET's
/// answer, which may be sent back.
const EXCLUDED: &str = "positive_data_acceptance";

fn the_document_is_true_of(who: &str) {
    let server = Server::prepare()
        .with("VESTIBULE_REGISTRATION", "open")
        .with("VESTIBULE_NETWORK_SIGN_UPS_PER_HOUR", "100000")
        .and_seed()
        .and_start();
    let by_id = |option: &'static str| move |id: &&'static str| [option, *id];
    let all_others: Vec<&str> = ENDING.iter().flat_map(by_id("--exclude-operation-id")).collect();
    call(&server, who, &all_others);
    let alone: Vec<&str> = ENDING.iter().flat_map(by_id("--include-operation-id")).collect();
    call(&server, who, &alone);
}

fn call(server: &Server, who: &str, operations: &[&str]) {
    let libraries = concat!(env!("CARGO_MANIFEST_DIR"), "/target/test-python");
    let token = server.cli(&["token", "issue", who, "--ttl", "600"]).stdout;
    let output = Command::new("python3")
        .arg(format!("{libraries}/bin/st"))
        .args(["run", &format!("http://127.0.0.1:{}/api/v1/openapi.json", server.port)])
        .args(["--header", &format!("Authorization: Bearer {}", token.trim())])
        .args(["--checks", "all", "--exclude-checks", EXCLUDED])
        .args(["--phases", "examples,coverage,fuzzing,stateful", "--max-examples", "15", "--seed", "1"])
        .args(["--generation-database", "none"])
        .args(operations)
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

#[test]
fn the_document_is_true_for_an_admin_whatever_is_sent() {
    the_document_is_true_of("admin");
}

#[test]
fn the_document_is_true_for_a_user_whatever_is_sent() {
    the_document_is_true_of("roy");
}
