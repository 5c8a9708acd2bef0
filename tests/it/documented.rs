//! Every example with curl in `README.md` and `docs/api.md`, run as it is written.

use std::process::Command;

use crate::support::Server;

#[test]
fn every_example_of_the_api_runs_as_written() {
    let server = Server::prepare()
        .with("VESTIBULE_REGISTRATION", "open")
        .with("VESTIBULE_PUBLIC_TODOS", "5")
        .with("VESTIBULE_MAIL_TRANSPORT", "log")
        .and_seed()
        .and_start();
    let read = |name: &str| std::fs::read_to_string(format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let (readme, page) = (read("README.md"), read("docs/api.md"));
    let mut blocks = blocks(&page);
    assert!(blocks.len() >= 10, "{}", blocks.len());
    blocks.extend(self::blocks(&readme).into_iter().filter(|block| block.contains("curl")));
    let here = format!("http://127.0.0.1:{}", server.port);
    let script = blocks.join("echo\n").replace("http://127.0.0.1:8000", &here);
    let output = Command::new("bash")
        .args(["-euxo", "pipefail", "-c", &script])
        .current_dir(server.folder())
        .output()
        .expect("bash runs");
    let (said, done) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}\n{done}");
    assert!(said.contains(r#""message":"You successfully logged out""#), "{said}");
    assert!(said.trim_end().ends_with('}') && said.contains(r#""username":"roy""#), "the README's: {said}");
}

/// The shell examples of a page.
fn blocks(page: &str) -> Vec<&str> {
    page.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}
