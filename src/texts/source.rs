//! The files of the catalogue: those that are built in, and an operator's own.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

use rust_embed::RustEmbed;

/// The one language that there is. Another one would be a folder beside it.
pub(super) const LANGUAGE: &str = "en";

const SUFFIX: &str = ".ftl";

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/templates/texts/en"]
#[include = "*.ftl"]
struct BuiltIn;

/// A file of texts.
#[derive(Debug, Clone)]
pub(super) struct Source {
    /// The file as an operator knows it, such as `texts/en/login.ftl`.
    pub place: String,
    pub text: String,
}

/// The built-in files, by the name of their feature.
///
/// # Errors
/// When one is not UTF-8.
pub(super) fn built_in() -> Result<BTreeMap<String, Source>, String> {
    BuiltIn::iter().map(|path| read(&path)).collect()
}

/// The built-in file that has this key.
///
/// # Errors
/// When there is none.
pub(super) fn built_in_with(key: &str) -> Result<Source, String> {
    let features: Vec<String> = BuiltIn::iter().map(|path| feature(&path)).collect();
    let feature = feature_of(key, &features).ok_or_else(|| format!("no file has texts such as {key}"))?;
    read(&format!("{feature}{SUFFIX}")).map(|(_, source)| source)
}

/// The feature that a key belongs to: `login-wrong` to `login`, and `admin-users-title` to `admin_users` rather than to
/// `admin`.
pub(super) fn feature_of<'f>(key: &str, features: impl IntoIterator<Item = &'f String>) -> Option<&'f String> {
    let has = |feature: &str| key.strip_prefix(&feature.replace('_', "-")).is_some_and(|rest| rest.starts_with('-'));
    features.into_iter().filter(|feature| has(feature)).max_by_key(|feature| feature.len())
}

/// An operator's files in `texts/en` of the folder with templates, by the name of their feature.
///
/// # Errors
/// When one can't be read, or is not where it has to be to count.
pub(super) fn own(templates: &Path) -> Result<BTreeMap<String, Source>, String> {
    let unused =
        |place: &str| format!("{place} would not be used: name it texts/{LANGUAGE}/FEATURE{SUFFIX}, or remove it");
    let texts = templates.join("texts");
    if let Some(name) = names_in(&texts)?.iter().find(|name| *name != LANGUAGE) {
        return Err(unused(&format!("texts/{name}")));
    }
    let folder = texts.join(LANGUAGE);
    let mut sources = BTreeMap::new();
    for name in names_in(&folder)? {
        if !name.ends_with(SUFFIX) {
            return Err(unused(&place(&name)));
        }
        let text = std::fs::read_to_string(folder.join(&name));
        let text = text.map_err(|error| format!("{} can't be read: {error}", place(&name)))?;
        sources.insert(feature(&name), Source { place: place(&name), text });
    }
    Ok(sources)
}

/// What is in a folder; nothing when it is not there. Hidden files and the backups of editors count for nothing.
fn names_in(folder: &Path) -> Result<BTreeSet<String>, String> {
    let unreadable = |error: io::Error| format!("{} can't be read: {error}", folder.display());
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        entries => entries.map_err(unreadable)?,
    };
    let mut names = BTreeSet::new();
    for entry in entries {
        let name = entry.map_err(unreadable)?.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') && !name.ends_with('~') {
            names.insert(name);
        }
    }
    Ok(names)
}

fn read(path: &str) -> Result<(String, Source), String> {
    let file = BuiltIn::get(path).ok_or_else(|| format!("the built-in file {path} vanished"))?;
    let text = String::from_utf8(file.data.into_owned()).map_err(|_| format!("{} is not UTF-8", place(path)))?;
    Ok((feature(path), Source { place: place(path), text }))
}

fn feature(path: &str) -> String {
    path.strip_suffix(SUFFIX).unwrap_or(path).to_owned()
}

fn place(name: &str) -> String {
    format!("texts/{LANGUAGE}/{name}")
}
