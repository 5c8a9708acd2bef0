//! Settings: what can't be used stops the start with exit 1 and names the key.

mod data_dir;
mod keys;
mod misspelt;
mod origin;
mod rocket_toml;
mod secret_key;
mod templates;
mod texts;
mod words;
mod written;

use crate::support::Server;

/// Phrases of the libraries that read settings.
const JARGON: &[&str] = &["invalid type", "invalid value", "expected", "found ", "u16", "u32", "variant", "serde"];

/// A server whose folder has this Rocket.toml.
fn with_file(content: &str) -> Server {
    with_file_on(Server::prepare(), content)
}

fn with_file_on(server: Server, content: &str) -> Server {
    std::fs::write(server.folder().join("Rocket.toml"), content).unwrap();
    server
}

/// Fails unless the start is refused with exit 1 and a sentence that holds all of these.
fn refused(server: &Server, parts: &[&str]) {
    let output = server.refuses_to_start(&["serve"]);
    assert_eq!((output.code, output.stdout.as_str()), (1, ""), "{output:?}");
    assert!(output.stderr.lines().any(|line| line.starts_with("Error: ")), "{output:?}");
    for part in parts {
        assert!(output.stderr.contains(part), "{part}: {output:?}");
    }
    assert!(!output.stderr.contains("panicked"), "{output:?}");
}

/// The one sentence that a command stops with, without the folder of the server.
#[track_caller]
fn sentence(server: &Server) -> String {
    let output = server.cli(&["migrate"]);
    assert_eq!((output.code, output.stdout.as_str()), (1, ""), "{output:?}");
    let said = output.stderr.strip_prefix("Error: ").and_then(|said| said.strip_suffix('\n')).expect("it is an error");
    assert!(said.lines().count() == 1 && !said.contains("s3cret"), "{said}");
    for word in JARGON {
        assert!(!said.contains(word), "{word}: {said}");
    }
    assert!(!server.folder().join("data").exists(), "nothing was made");
    said.replace(&format!("{}/", server.folder().display()), "")
}
