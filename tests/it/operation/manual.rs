//! The manual reads without a warning.

use std::process::{Command, Stdio};

use crate::support::Server;

/// What `man` makes of a page.
fn read(page: &str) -> String {
    let mut man = Command::new("man");
    man.args(["--warnings", "-E", "UTF-8", "-l", page]).env("MANWIDTH", "80").env("PAGER", "cat").stdin(Stdio::null());
    let output =
        man.output().unwrap_or_else(|error| panic!("man is needed for this test (apt install man-db): {error}"));
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn each_page_reads_without_a_warning() {
    let server = Server::prepare();
    let printed = server.cli(&["man"]);
    assert_eq!((printed.code, printed.stderr.as_str()), (0, ""), "{printed:?}");
    assert_eq!(std::fs::read_dir(server.folder()).unwrap().count(), 0, "nothing is made");
    let folder = server.folder().join("man1");
    std::fs::create_dir(&folder).unwrap();
    assert_eq!(server.cli(&["man", "--to", "man1"]).code, 0);
    let pages: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|page| page.unwrap().path()).collect();
    assert!(pages.len() > 30, "{pages:?}");
    for page in &pages {
        let text = read(page.to_str().unwrap());
        assert!(text.contains("NAME") && text.contains("SYNOPSIS"), "{text}");
    }
    let first = std::fs::read_to_string(folder.join("vestibule.1")).unwrap();
    assert_eq!(first.trim_end(), printed.stdout.trim_end());
    let text = read(folder.join("vestibule.1").to_str().unwrap());
    // Lines are filled with spaces up to the margin.
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for word in ["vestibule", "backup", "restore", "Exit codes"] {
        assert!(text.contains(word), "{word}: {text}");
    }
    let nowhere = server.cli(&["man", "--to", "no/such/folder"]);
    assert!(nowhere.code == 1 && nowhere.stderr.contains("no/such/folder"), "{nowhere:?}");
}
