//! Numbers as people read them, in templates.

use std::collections::HashMap;

use tera::{Filter, Tera, Value};

use super::catalogue::Catalogue;

/// The name of the filter: `{{ count | number }}`. What is no whole number stays as it is.
pub(super) const FILTER: &str = "number";

struct Written(Catalogue);

impl Filter for Written {
    fn filter(&self, value: &Value, _: &HashMap<String, Value>) -> tera::Result<Value> {
        Ok(value.as_i64().map_or_else(|| value.clone(), |number| Value::String(self.0.number(number))))
    }
}

impl Catalogue {
    /// Teaches the engine the filter that texts and templates write numbers with.
    pub fn teach_numbers(&self, tera: &mut Tera) {
        tera.register_filter(FILTER, Written(self.clone()));
    }
}
