//! The templates: the built-in ones, and the operator's own, which take precedence.
//!
//! A release binary carries them; a debug build reads `templates/` and notices changes. Either way all go
//! through this one function, under the names they have on disk, with the texts of the catalogue put in, and all are
//! escaped.

use std::collections::HashMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{fs, io};

use rocket_dyn_templates::{Engines, Template};
use rust_embed::RustEmbed;
use tera::{Tera, Value};

use super::assets::Assets;
use super::error;
use super::renderer::{self, BRAND, Renderer};

const SUFFIX: &str = ".html.tera";

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/templates"]
#[include = "*.html.tera"]
struct BuiltIn;

/// The fairing that loads templates; those in the folder take the place of built-in ones of the same name. A debug
/// build loads them again when they change.
///
/// A template that can't be parsed, or names a text that there is not, stops the start.
pub fn fairing(overrides: Option<PathBuf>, assets: Assets, renderer: Renderer) -> impl rocket::fairing::Fairing {
    Template::try_custom(move |engines| {
        load(engines, overrides.as_deref(), assets.clone(), &renderer)?;
        renderer.take_over(&mut engines.tera);
        Ok(())
    })
}

/// Where Rocket looks for templates by itself: in debug it watches the folder for changes; a release binary
/// has none, so it gets one that stays empty.
pub fn folder(data_dir: &Path) -> io::Result<PathBuf> {
    if cfg!(debug_assertions) {
        return Ok(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"));
    }
    let empty = data_dir.join("no-templates");
    fs::create_dir_all(&empty)?;
    Ok(empty)
}

fn load(
    engines: &mut Engines,
    overrides: Option<&Path>,
    assets: Assets,
    renderer: &Renderer,
) -> Result<(), Box<dyn Error>> {
    let mut sources: Vec<(String, String)> = Vec::new();
    for path in BuiltIn::iter() {
        let file = BuiltIn::get(&path).ok_or("a built-in template vanished")?;
        sources.push((name_of(&path), String::from_utf8(file.data.into_owned())?));
    }
    if let Some(folder) = overrides {
        for path in files_below(folder)? {
            let relative = path.strip_prefix(folder)?.to_str().ok_or("a template's name is not UTF-8")?;
            sources.push((name_of(relative), fs::read_to_string(&path)?));
        }
    }
    engines.tera.autoescape_on(vec![""]);
    engines.tera.register_function("asset", Asset(assets));
    for (name, source) in &mut sources {
        *source = renderer.expand(source).map_err(|why| format!("{name}{SUFFIX}, {why}"))?;
    }
    add(&mut engines.tera, sources, renderer.brand())
}

/// All at once, because they extend and import each other. The page of errors is rendered too: it is the one that
/// has to come out when another fails.
fn add(tera: &mut Tera, sources: Vec<(String, String)>, brand: &Value) -> Result<(), Box<dyn Error>> {
    let mut sample = error::sample();
    sample[BRAND] = brand.clone();
    let tried = tera
        .add_raw_templates(sources)
        .and_then(|()| tera.render(error::TEMPLATE, &tera::Context::from_value(sample)?));
    match tried {
        Ok(_) => Ok(()),
        Err(error) => Err(renderer::in_full(&error).into()),
    }
}

/// `{{ asset(path="style.css") }}`: the address of a static file.
struct Asset(Assets);

impl tera::Function for Asset {
    fn call(&self, arguments: &HashMap<String, Value>) -> tera::Result<Value> {
        let file = arguments.get("path").and_then(Value::as_str).unwrap_or_default();
        let path = self.0.path_of(file).ok_or_else(|| tera::Error::msg(format!("there is no static file {file:?}")))?;
        Ok(Value::String(path))
    }

    /// Made of our own file names, so it needs no escaping.
    fn is_safe(&self) -> bool {
        true
    }
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
