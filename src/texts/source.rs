//! The files of the catalogue: those that are built in, and an operator's own.

use std::collections::BTreeMap;
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
/// When one can't be read.
pub(super) fn own(templates: &Path) -> Result<BTreeMap<String, Source>, String> {
    let folder = templates.join("texts").join(LANGUAGE);
    let mut sources = BTreeMap::new();
    if !folder.is_dir() {
        return Ok(sources);
    }
    let unreadable = |error: std::io::Error| format!("{} can't be read: {error}", folder.display());
    for entry in std::fs::read_dir(&folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if !name.ends_with(SUFFIX) {
            continue;
        }
        let text = std::fs::read_to_string(&path);
        let text = text.map_err(|error| format!("{} can't be read: {error}", path.display()))?;
        sources.insert(feature(name), Source { place: place(name), text });
    }
    Ok(sources)
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
