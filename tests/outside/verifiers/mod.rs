//! JWT libraries: each verifies our access tokens by the public keys, as its documentation says, and refuses a token
//! that was changed or is for someone else. `docs/api.md` has the table of what works, which this compares, and writes
//! when `UPDATE_DOCS` is set.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use serde_json::{Value, json};

use crate::support::Server;
use crate::tools::{self, Folder, run_with};

const ALGORITHMS: [&str; 3] = ["ES256", "RS256", "EdDSA"];

/// What the libraries said: null, or what went wrong.
type Said = BTreeMap<String, Value>;

/// The programs that verify, ready to run.
struct Verifiers(Folder);

impl Verifiers {
    fn built() -> Verifiers {
        let folder = Folder::new();
        for name in ["verify.py", "verify.js", "verify.go"] {
            folder.copy(&format!("verifiers/{name}"), name);
        }
        tools::run(folder.go().args(["build", "-o", "verify", "verify.go"]));
        Verifiers(folder)
    }

    /// All of them, asked about one token.
    fn ask(&self, given: &Value) -> Said {
        let Verifiers(folder) = self;
        let node = || {
            let mut node = Command::new("node");
            node.arg("verify.js").current_dir(folder.path());
            node
        };
        let compiled = || folder.command(&folder.path().join("verify"));
        let said = [
            run_with(folder.python().arg("verify.py"), given),
            run_with(&mut node(), given),
            run_with(&mut compiled(), given),
        ];
        said.iter().flat_map(|said| serde_json::from_str::<Said>(said).expect("JSON")).collect()
    }
}

/// A server that signs so, and what its verifiers are given.
fn signing(algorithm: Option<&str>) -> (Server, Value) {
    let server = tools::at_its_own_address();
    let server = algorithm.into_iter().fold(server, |server, name| server.with("VESTIBULE_TOKEN_ALGORITHM", name));
    let server = server.and_seed().and_start();
    let here = format!("http://127.0.0.1:{}", server.port);
    let token = server.client().pair("roy", "roy")["access_token"].clone();
    let given = json!({
        "token": token, "algorithm": algorithm.unwrap_or("ES256"), "issuer": here, "audience": here,
        "jwks_url": format!("{here}/.well-known/jwks.json"),
    });
    (server, given)
}

#[test]
fn with_the_defaults_all_verify_and_the_table_says_which_do_otherwise() {
    let verifiers = Verifiers::built();
    let (_server, given) = signing(None);
    let by_default = verifiers.ask(&given);
    assert!(by_default.len() >= 12, "{by_default:#?}");
    assert!(by_default.values().all(Value::is_null), "{by_default:#?}");

    let mut table = String::from("| library | ES256, the default | RS256 | EdDSA |\n|---|---|---|---|\n");
    let found = ALGORITHMS.map(|algorithm| verifiers.ask(&signing(Some(algorithm)).1));
    for library in by_default.keys() {
        let words = found.each_ref().map(|said| if said[library].is_null() { "yes" } else { "no" });
        table += &format!("| {library} | {} |\n", words.join(" | "));
    }
    compare_with_the_docs(&table);
}

#[test]
fn what_was_changed_or_is_for_someone_else_none_takes() {
    let verifiers = Verifiers::built();
    let (_server, given) = signing(None);
    let token = given["token"].as_str().unwrap();
    let (message, signature) = token.rsplit_once('.').unwrap();
    let other = if signature.starts_with('A') { "B" } else { "A" };
    let forged = format!("{message}.{other}{}", &signature[1..]);
    for (name, value) in [("token", forged.as_str()), ("audience", "https://app.example.com")] {
        let mut given = given.clone();
        given[name] = value.into();
        for (library, wrong) in verifiers.ask(&given) {
            assert!(wrong.is_string(), "{library} takes a token with another {name}");
        }
    }
}

#[test]
fn the_ten_lines_of_the_readme_tell_an_editor() {
    let readme = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).expect("the README");
    let lines = readme.split("```python\n").nth(1).and_then(|rest| rest.split("```").next()).expect("the ten lines");
    let (server, roy) = signing(None);
    assert_eq!(server.cli(&["user", "role", "add", "python", "editor"]).code, 0);
    let python = server.client().pair("python", "python")["access_token"].clone();
    let lines = lines.replace("https://login.example.com", roy["issuer"].as_str().expect("an address"));
    let asks = "import json, sys\nprint([is_editor(token) for token in json.load(sys.stdin)])";
    let folder = Folder::new();
    folder.write("program.py", &format!("{lines}{asks}"));
    let said = run_with(folder.python().arg("program.py"), &json!([roy["token"], python]));
    assert_eq!(said.trim(), "[False, True]");
}

fn compare_with_the_docs(table: &str) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/api.md");
    let page = fs::read_to_string(path).expect("the page");
    let (start, end) = ("<!-- from tests/outside/verifiers -->\n", "<!-- the end of it -->");
    let (before, rest) = page.split_once(start).expect("the place of the table");
    let (written, after) = rest.split_once(end).expect("its end");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(path, format!("{before}{start}\n{table}\n{end}{after}")).expect("the page is written");
        return;
    }
    assert_eq!(written.trim(), table.trim(), "UPDATE_DOCS=1 cargo test --test outside verifiers writes docs/api.md");
}
