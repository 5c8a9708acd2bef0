//! Files depend one way only: what two of them need goes below both.

use std::collections::{BTreeMap, BTreeSet};

use super::files::files;
use super::imports::Imports;

/// Tests count too: what a test needs, its file can't stand below.
#[test]
fn no_file_needs_one_that_needs_it() {
    let imports = Imports::of(&files("src", ".rs"));
    let needs = imports.needs();
    let mut circles = Vec::new();
    for (file, others) in &needs {
        for (other, name) in others {
            if reaches(&needs, other, file) {
                circles.push(format!("{file} needs {name} of {other}, which needs {file}"));
            }
        }
    }
    assert!(circles.is_empty(), "files depend on each other:\n{}", circles.join("\n"));
}

/// Whether a file needs another one, perhaps through others.
fn reaches(needs: &BTreeMap<&str, BTreeMap<&str, String>>, from: &str, to: &str) -> bool {
    let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
    while let Some(file) = next.pop() {
        if file == to {
            return true;
        }
        if seen.insert(file) {
            next.extend(needs.get(file).into_iter().flat_map(|others| others.keys()));
        }
    }
    false
}
