//! How a template becomes a page.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

use rocket::Request;
use rocket::http::Status;
use serde_json::Value;
use tera::Tera;

use crate::http::failure::{self, Cause};
use crate::texts::Catalogue;

/// Renders the templates that were loaded last. Clones share them. Managed by Rocket.
///
/// `Template::render` turns each context into values of Rocket's configuration and back, which takes longer than
/// rendering it. So rocket_dyn_templates finds, loads and watches the templates, and its engine is taken over here.
#[derive(Clone)]
pub struct Renderer {
    tera: Arc<RwLock<Tera>>,
    brand: Arc<Value>,
    texts: Catalogue,
}

/// The variable that every page has, whatever else it has: whose server this is.
pub(super) const BRAND: &str = "brand";

impl Renderer {
    /// One without templates yet, that gives each page this brand, and speaks in these texts.
    pub fn new(brand: Value, texts: Catalogue) -> Renderer {
        Renderer { tera: Arc::default(), brand: Arc::new(brand), texts }
    }

    /// All templates in the words of the texts; those in the folder take the place of built-in ones.
    pub(super) fn templates(&self, overrides: Option<&Path>) -> Result<BTreeMap<String, String>, String> {
        self.texts.templates(overrides)
    }

    /// Teaches the engine how people read numbers.
    pub(super) fn teach_numbers(&self, tera: &mut Tera) {
        self.texts.teach_numbers(tera);
    }

    /// The brand that each page gets.
    pub(super) fn brand(&self) -> &Value {
        &self.brand
    }

    /// Renders a template with its context, an object, in which all that stands for words is said.
    ///
    /// # Errors
    /// When there is no such template, or it can't be rendered; then it is noted which one, and why.
    pub fn render(request: &Request<'_>, template: &str, mut context: Value) -> Result<String, Status> {
        let Renderer { tera, brand, texts } = request.rocket().state().ok_or(Status::InternalServerError)?;
        texts.say_all(&mut context);
        context[BRAND] = Value::clone(brand);
        let tera = tera.read().unwrap_or_else(PoisonError::into_inner);
        let rendered = tera::Context::from_value(context).and_then(|context| tera.render(template, &context));
        rendered.map_err(|error| {
            let why = in_full(&error);
            failure::note(request, Cause::Told(format!("the template {template} can't be rendered: {why}")));
            Status::InternalServerError
        })
    }

    /// Takes the engine that has loaded the templates.
    pub(super) fn take_over(&self, tera: Tera) {
        *self.tera.write().unwrap_or_else(PoisonError::into_inner) = tera;
    }
}

/// What is wrong with a template: Tera says it in the sources of its error.
pub(super) fn in_full(error: &tera::Error) -> String {
    let causes = std::iter::successors(Some(error as &dyn Error), |&error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(" ")
}
