//! Settings: what can't be used stops the start with exit 1 and names the key.

mod data_dir;
mod keys;
mod origin;
mod rocket_toml;
mod secret_key;
mod templates;

use crate::support::Server;

/// A server whose folder has this Rocket.toml.
fn with_file(content: &str) -> Server {
    let server = Server::prepare();
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
