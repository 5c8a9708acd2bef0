//! Our own files, and what their lines say.

use std::fs;
use std::path::{Path, PathBuf};

/// A file of ours: its path from the top, and its text.
#[derive(Clone)]
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    /// The room that it is in: the first part of its path below `src/`.
    pub fn room(&self) -> &str {
        let inside = self.path.strip_prefix("src/").unwrap_or("");
        inside.split(['/', '.']).next().unwrap_or_default()
    }

    /// The lines of code: without comments, and without tests, at the end of a file or in a folder of their own.
    pub fn code(&self) -> Vec<&str> {
        let is_code = !self.path.starts_with("src/") || !self.path.contains("/tests/");
        let lines = self.text.lines().take_while(|line| is_code && *line != "#[cfg(test)]");
        lines.filter(|line| !line.trim_start().starts_with("//")).collect()
    }

    /// The rooms of ours that it imports or names, in its tests too.
    pub fn uses(&self) -> Vec<&str> {
        let lines = self.text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let named = lines.flat_map(|line| line.split("crate::").skip(1));
        named.map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()).collect()
    }

    /// The lines that name a crate: `crate_name::`, `use crate_name`, `extern crate`.
    pub fn mentions(&self, name: &str) -> Vec<&str> {
        let is_path = |rest: &str| rest.starts_with("::") || rest.starts_with(';') || rest.starts_with(" as ");
        let names = |line: &str| {
            line.match_indices(name).any(|(place, _)| {
                let before = line[..place].chars().next_back();
                let starts = before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != ':' && c != '.');
                starts && is_path(&line[place + name.len()..])
            })
        };
        self.code().into_iter().filter(|line| names(line)).collect()
    }
}

/// The files in a folder whose names end so.
pub fn files(folder: &str, ending: &str) -> Vec<Source> {
    pub fn walk(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                walk(&path, ending, found);
            } else if path.to_str().is_some_and(|path| path.ends_with(ending)) {
                found.push(path);
            }
        }
    }
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    walk(&top.join(folder), ending, &mut found);
    assert!(!found.is_empty(), "there are files in {folder}");
    found.sort();
    let read = |path: PathBuf| Source {
        path: path.strip_prefix(top).expect("it is below").display().to_string(),
        text: fs::read_to_string(&path).expect("it is text"),
    };
    found.into_iter().map(read).collect()
}
