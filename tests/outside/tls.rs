//! Rocket's own TLS, as sslyze judges it: it looks for old protocols, weak ciphers and known holes, and compares what it
//! finds with what Mozilla recommends for servers that all browsers of today reach.

use std::path::Path;

use serde_json::Value;

use crate::support::Server;
use crate::support::certificates::certify;
use crate::support::running::Running;
use crate::tools::{Folder, free_port};

/// What sslyze finds at a port, and what it says to it.
fn scan(folder: &Folder, port: u16) -> (Value, String) {
    let mut sslyze = folder.sslyze();
    sslyze.args(["--mozilla_config=intermediate", "--certinfo_ca_file=ca.pem", "--json_out=found.json"]);
    sslyze.arg(format!("login.example.com:{port}{{127.0.0.1}}"));
    let output = sslyze.output().expect("run scripts/test-outside once, which installs sslyze");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let found = std::fs::read(folder.path().join("found.json"));
    let found = found.unwrap_or_else(|error| panic!("{error}\n{said}\n{}", String::from_utf8_lossy(&output.stderr)));
    let mut found: Value = serde_json::from_slice(&found).expect("JSON");
    (found["server_scan_results"][0]["scan_result"].take(), said)
}

/// The suites that a server accepts of one version.
fn suites(found: &Value, version: &str) -> Vec<String> {
    let accepted = &found[format!("{version}_cipher_suites")]["result"]["accepted_cipher_suites"];
    let accepted = accepted.as_array().unwrap_or_else(|| panic!("no answer about {version}: {found}"));
    let name = |suite: &Value| suite["cipher_suite"]["name"].as_str().expect("a name").to_owned();
    accepted.iter().map(name).collect()
}

#[test]
fn no_old_protocol_weak_cipher_or_known_hole_is_found() {
    let folder = Folder::new();
    certify(folder.path());
    let file = |name: &str| folder.path().join(name).display().to_string();
    let server = Server::prepare()
        .with("ROCKET_TLS", &format!("{{certs=\"{}\", key=\"{}\"}}", file("site.pem"), file("site.key")))
        .and_start();
    let (found, said) = scan(&folder, server.port);
    assert!(said.contains("OK - Compliant"), "{said}");
    for old in ["ssl_2_0", "ssl_3_0", "tls_1_0", "tls_1_1"] {
        assert_eq!(suites(&found, old), [""; 0], "{old}");
    }
    for (new, count) in [("tls_1_2", 3), ("tls_1_3", 3)] {
        let suites = suites(&found, new);
        assert_eq!(suites.len(), count, "{new}: {suites:?}");
        assert!(suites.iter().all(|suite| suite.contains("GCM") || suite.contains("POLY1305")), "{suites:?}");
    }
    for (part, hole, none) in [
        ("heartbleed", "is_vulnerable_to_heartbleed", Value::Bool(false)),
        ("openssl_ccs_injection", "is_vulnerable_to_ccs_injection", Value::Bool(false)),
        ("tls_compression", "supports_compression", Value::Bool(false)),
        ("session_renegotiation", "is_vulnerable_to_client_renegotiation_dos", Value::Bool(false)),
        ("robot", "robot_result", Value::from("NOT_VULNERABLE_RSA_NOT_SUPPORTED")),
    ] {
        assert_eq!(found[part]["result"][hole], none, "{said}");
    }
}

/// Otherwise the test above could not fail.
#[test]
fn a_server_with_a_weak_cipher_is_told_of() {
    let (folder, port) = (Folder::new(), free_port());
    certify(folder.path());
    let mut weak = folder.command(Path::new("openssl"));
    weak.args(["s_server", "-accept", &port.to_string(), "-cert", "site.pem", "-key", "site.key", "-quiet", "-tls1_2"]);
    weak.args(["-cipher", "ECDHE-ECDSA-AES128-SHA:ECDHE-ECDSA-AES128-GCM-SHA256"]);
    let _weak = Running::listening(&mut weak, port);
    let (found, said) = scan(&folder, port);
    assert!(said.contains("FAILED - Not compliant") && said.contains("AES_128_CBC_SHA"), "{said}");
    assert_eq!(suites(&found, "tls_1_2").len(), 2, "{said}");
}
