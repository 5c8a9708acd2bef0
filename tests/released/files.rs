//! The files that are handed on.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::root::unpacked;

/// What a release may weigh.
const LARGEST: u64 = 20_000_000;

fn text(path: impl AsRef<Path>) -> String {
    let path = unpacked().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn answer(command: &mut Command) -> String {
    let output = command.output().expect("it runs");
    assert!(output.status.success() && output.stderr.is_empty(), "{command:?}: {output:?}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// A file of the release that begins with this name.
fn beside(end: &str) -> PathBuf {
    let mut path = unpacked().into_os_string();
    path.push(end);
    path.into()
}

/// Name and version of each package that the program is linked from.
fn linked() -> Vec<(String, String)> {
    let tree = answer(
        Command::new(env!("CARGO"))
            .args(["tree", "--quiet", "--locked", "--offline", "--edges", "normal,no-proc-macro", "--prefix", "none"])
            .args(["--format", "{p}"])
            .current_dir(env!("CARGO_MANIFEST_DIR")),
    );
    let name = |line: &str| {
        let (name, rest) = line.split_once(" v")?;
        Some((name.to_owned(), rest.split(' ').next()?.to_owned()))
    };
    let mut linked: Vec<_> = tree.lines().filter_map(name).filter(|(name, _)| name != "vestibule").collect();
    linked.sort();
    linked.dedup();
    assert!(linked.len() > 200, "{linked:?}");
    linked
}

#[test]
fn the_program_is_small_static_and_loaded_anywhere() {
    let program = unpacked().join("vestibule");
    let size = std::fs::metadata(&program).expect("it is there").len();
    assert!(size < LARGEST, "{size} bytes");
    let head = answer(Command::new("readelf").args(["--wide", "--file-header", "--program-headers"]).arg(&program));
    // An address of its own at each start, and no interpreter that would load libraries.
    assert!(head.contains("DYN (") && !head.contains("INTERP"), "{head}");
    let needed = answer(Command::new("readelf").args(["--wide", "--dynamic"]).arg(&program));
    assert!(needed.contains("PIE") && !needed.contains("NEEDED"), "{needed}");
}

#[test]
fn checksums_are_those_of_the_files_and_the_archive_holds_everything() {
    let files = unpacked().parent().expect("a folder").to_owned();
    answer(Command::new("sha256sum").args(["--check", "--strict", "--quiet", "SHA256SUMS"]).current_dir(&files));
    let summed = std::fs::read_to_string(files.join("SHA256SUMS")).expect("it is there");
    assert_eq!(summed.lines().count(), 2, "{summed}");
    let packed = answer(Command::new("tar").arg("tf").arg(beside(".tar.gz")));
    for file in ["/vestibule", "/man/vestibule.1", "/completions/vestibule.fish", "/docs/deploy/Containerfile"] {
        assert!(packed.lines().any(|line| line.ends_with(file)), "{file}: {packed}");
    }
}

#[test]
fn the_manual_and_completions_are_those_of_the_program() {
    let program = unpacked().join("vestibule");
    for (shell, file) in [("bash", "vestibule"), ("zsh", "_vestibule"), ("fish", "vestibule.fish")] {
        assert_eq!(answer(Command::new(&program).args(["completions", shell])), text(format!("completions/{file}")));
    }
    assert!(text("man/vestibule-backup.1").contains("backup"));
}

#[test]
fn every_package_has_its_licence_and_stands_in_the_bill_of_materials() {
    let licences = text("licences/packages.txt");
    let bill: Value = serde_json::from_str(&text("vestibule.cdx.json")).expect("JSON");
    assert_eq!(bill["bomFormat"], "CycloneDX");
    let components = bill["components"].as_array().expect("a list");
    for (name, version) in linked() {
        assert!(licences.contains(&format!("  {name} {version}: ")), "{name} {version} in {licences:.2000}");
        let is = |component: &&Value| component["name"] == *name && component["version"] == *version;
        let component = components.iter().find(is).unwrap_or_else(|| panic!("{name} {version} is in no component"));
        assert!(component["purl"].as_str().is_some_and(|purl| purl.starts_with("pkg:cargo/")), "{component}");
        assert!(component["licenses"].is_array(), "{component}");
    }
    for (file, words) in [
        ("glibc.txt", "Lesser General Public"),
        ("LGPL-2.1.txt", "Version 2.1, February 1999"),
        ("libgcc.txt", "runtime library exception"),
        ("rust-library.html", "Copyright"),
    ] {
        assert!(text(format!("licences/{file}")).to_lowercase().contains(&words.to_lowercase()), "{file}");
    }
}
