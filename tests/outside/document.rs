//! The OpenAPI document, as validators see it: each with the rules that it has by itself.

use crate::support::Server;
use crate::tools::{Folder, run};

fn described() -> Folder {
    let folder = Folder::new();
    folder.write("openapi.json", &Server::empty().client().get("/api/v1/openapi.json").body);
    folder
}

#[test]
fn openapi_spec_validator_takes_the_document() {
    let folder = described();
    let said = run(folder.python_tool("openapi-spec-validator").arg("openapi.json"));
    assert_eq!(said.trim(), "openapi.json: OK");
}

#[test]
fn redocly_takes_the_document_without_a_warning() {
    let folder = described();
    let said = run(folder.node_tool("redocly").args(["lint", "--format=json", "openapi.json"]));
    let problems: serde_json::Value = serde_json::from_str(&said).expect("JSON");
    assert_eq!(problems["totals"]["errors"], 0, "{said}");
    assert_eq!(problems["totals"]["warnings"], 0, "{said}");
}

#[test]
fn spectral_takes_the_document() {
    let folder = described();
    folder.write("rules.yaml", "extends: [\"spectral:oas\"]\n");
    let said = run(folder.node_tool("spectral").args(["lint", "-r", "rules.yaml", "-f", "json", "-q", "openapi.json"]));
    // Only its wishes are left: who to write to about an API that everyone runs themselves, and a longer text beside
    // the summary of each call.
    let wishes = ["info-contact", "operation-description"];
    let problems: serde_json::Value = serde_json::from_str(&said).expect("JSON");
    for problem in problems.as_array().expect("a list") {
        assert!(wishes.iter().any(|wish| problem["code"] == *wish), "{problem}");
    }
}
