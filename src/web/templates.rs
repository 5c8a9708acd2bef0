//! The templates: the built-in ones, and the operator's own, which take precedence.
//!
//! A release binary carries them; a debug build reads `templates/` and notices changes. Either way all go
//! through this one function, under the names they have on disk, with the texts of the catalogue put in, and all are
//! escaped.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::{fs, io};

use rocket_dyn_templates::Template;
use tera::ast::Node;
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
    let assets = Assets::of(&config.branding);
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
    add(&mut tera, templates)
        .and_then(|()| try_out(&tera, renderer.brand()))
        .map_err(|error| renderer::in_full(&error))?;
    Ok(tera)
}

/// As `Tera::add_raw_templates` does, but drops most of what is never rendered, which is nearly half.
fn add(tera: &mut Tera, templates: BTreeMap<String, String>) -> tera::Result<()> {
    for (name, source) in templates {
        let template = tera::Template::new(&name, None, &source);
        let mut template = template.map_err(|error| tera::Error::chain(format!("Failed to parse '{name}'"), error))?;
        // Of a template that extends another, its blocks are rendered, and macros are called by their names. `extends`
        // stays: whoever includes such a template is told by it that this does not work.
        let extends = template.parent.is_some();
        template.ast.retain(|node| match node {
            Node::Extends(..) => true,
            Node::MacroDefinition(..) => false,
            _ => !extends,
        });
        template.ast.shrink_to_fit();
        tera.templates.insert(name, template);
    }
    tera.build_inheritance_chains()?;
    tera.check_macro_files()?;
    for template in tera.templates.values_mut() {
        // The chains have copies of these.
        template.blocks = HashMap::new();
    }
    Ok(())
}

/// Renders the page of errors, which is the one that has to come out when another fails.
fn try_out(tera: &Tera, brand: &Value) -> tera::Result<()> {
    let mut sample = error::sample();
    sample[BRAND] = brand.clone();
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Each way in which a template uses another.
    const FAMILY: [(&str, &str); 7] = [
        (
            "base",
            "{# #}<{% block title %}base{% endblock %}>{% if name %}{% block within %}within{% endblock %}{% endif %}\
             {% block body %}[{% block nested %}nested{% endblock %}]{% endblock %}",
        ),
        (
            "child",
            "{% extends \"base\" %}{% import \"macros\" as child %}\
             {% block title %}child of {{ super() }}{% endblock %}{% block body %}{{ child::once(x=1) }}{% endblock %}",
        ),
        (
            "grandchild",
            "{# #}{% extends \"child\" %}{% import \"macros\" as macros %}lost\
             {% block title %}grandchild, {{ super() }}{% endblock %}\
             {% block within %}{{ macros::twice(x=name) }}{% endblock %}{% block body %}{{ super() }}{% endblock %}",
        ),
        (
            "macros",
            "{% macro once(x) %}({{ x }}){% endmacro %}\
             {% macro twice(x) %}{{ self::once(x=x) }}{{ self::once(x=x) }}{% endmacro %}",
        ),
        ("part", "part {% block own %}of {{ name }}{% endblock %}"),
        ("whole", "{% include \"part\" %} and {% include \"macros\" %}"),
        ("wrong", "{% include \"grandchild\" %}"),
    ];

    #[test]
    fn templates_are_rendered_as_if_all_of_them_was_kept() {
        let (mut ours, mut theirs) = (Tera::default(), Tera::default());
        add(&mut ours, FAMILY.map(|(name, source)| (name.to_owned(), source.to_owned())).into()).unwrap();
        theirs.add_raw_templates(FAMILY).unwrap();
        let context = tera::Context::from_value(serde_json::json!({ "name": "roy" })).unwrap();
        let render = |tera: &Tera, name: &str| tera.render(name, &context).map_err(|error| renderer::in_full(&error));
        for (name, _) in FAMILY {
            assert_eq!(render(&ours, name), render(&theirs, name), "{name}");
        }
        let grandchild = render(&ours, "grandchild");
        assert_eq!(grandchild.as_deref(), Ok("<grandchild, child of base>(roy)(roy)(1)"));
        assert!(render(&ours, "wrong").is_err_and(|why| why.contains("Inheritance in included templates")));
    }
}
