//! The templates of pages, with their texts put in: the built-in ones, and the operator's own, which take precedence.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use rust_embed::RustEmbed;

use super::catalogue::Catalogue;
use super::expand::Format;

const SUFFIX: &str = ".html.tera";

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/templates"]
#[include = "*.html.tera"]
struct BuiltIn;

impl Catalogue {
    /// The templates by their names, which are their paths without the ending. Those in the folder take the place of
    /// built-in ones of the same name.
    ///
    /// # Errors
    /// A sentence that names the template, for one that can't be read, or that a text does not fit into.
    pub fn templates(&self, own: Option<&Path>) -> Result<BTreeMap<String, String>, String> {
        let mut templates = sources(own)?;
        for (name, source) in &mut templates {
            *source = self.expand(source, Format::Html).map_err(|why| format!("{name}{SUFFIX}, {why}"))?;
        }
        Ok(templates)
    }
}

/// The templates as they are written.
fn sources(own: Option<&Path>) -> Result<BTreeMap<String, String>, String> {
    let mut sources = BTreeMap::new();
    for path in BuiltIn::iter() {
        let file = BuiltIn::get(&path).ok_or_else(|| format!("the built-in template {path} vanished"))?;
        sources.insert(name_of(&path), String::from_utf8_lossy(&file.data).into_owned());
    }
    if let Some(folder) = own {
        let unreadable = |path: &Path, error: io::Error| format!("{} can't be read: {error}", path.display());
        for path in files_below(folder).map_err(|error| unreadable(folder, error))? {
            let relative = path.strip_prefix(folder).ok().and_then(Path::to_str);
            let name = relative.ok_or_else(|| format!("the name {} is not UTF-8", path.display()))?;
            let source = fs::read_to_string(&path).map_err(|error| unreadable(&path, error))?;
            sources.insert(name_of(name), source);
        }
    }
    Ok(sources)
}

fn name_of(path: &str) -> String {
    path.strip_suffix(SUFFIX).unwrap_or(path).replace('\\', "/")
}

fn files_below(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else if path.to_str().is_some_and(|path| path.ends_with(SUFFIX)) {
            files.push(path);
        }
    }
    Ok(files)
}
