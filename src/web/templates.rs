//! The templates: the built-in ones, and the operator's own, which take precedence.
//!
//! A release binary carries them; a debug build reads `templates/` and notices changes. Either way all go
//! through this one function, under the names they have on disk, with the texts of the catalogue put in, and all are
//! escaped.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::{fs, io};

use rocket_dyn_templates::Template;
use tera::{Tera, Value};

use super::assets::Assets;
use super::renderer::{self, BRAND, Renderer};
use super::{branding, error};
use crate::config::Config;

/// The fairing that loads templates; those in the folder take the place of built-in ones of the same name. A debug
/// build loads them again when they change.
///
/// A template that can't be parsed, or names a text that there is not, stops the start.
pub fn fairing(overrides: Option<PathBuf>, assets: Assets, renderer: Renderer) -> impl rocket::fairing::Fairing {
    Template::try_custom(move |_| {
        renderer.take_over(load(overrides.as_deref(), assets.clone(), &renderer)?);
        Ok(())
    })
}

/// Loads the templates as the fairing does.
///
/// # Errors
/// A sentence that names the template which would stop the start.
pub fn check(config: &Config) -> Result<(), String> {
    let brand = branding::for_templates(&config.branding);
    let renderer = Renderer::new(brand, config.texts.clone());
    let assets = Assets::packed(&config.branding);
    load(config.settings.templates().as_deref(), assets, &renderer).map(drop)
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

fn load(overrides: Option<&Path>, assets: Assets, renderer: &Renderer) -> Result<Tera, String> {
    let templates = renderer.templates(overrides)?;
    let mut tera = Tera::default();
    tera.autoescape_on(vec![""]);
    tera.register_function("asset", Asset(assets));
    renderer.teach_numbers(&mut tera);
    add(&mut tera, templates, renderer.brand()).map_err(|error| renderer::in_full(&error))?;
    for template in tera.templates.values_mut() {
        // What is rendered are the blocks after all inheritance. These are as they were parsed, and take 0.4 MB.
        template.blocks = HashMap::new();
    }
    Ok(tera)
}

/// All at once, because they extend and import each other. The page of errors is rendered too: it is the one that
/// has to come out when another fails.
fn add(tera: &mut Tera, templates: BTreeMap<String, String>, brand: &Value) -> tera::Result<()> {
    let mut sample = error::sample();
    sample[BRAND] = brand.clone();
    tera.add_raw_templates(templates)?;
    tera.render(error::TEMPLATE, &tera::Context::from_value(sample)?).map(drop)
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
