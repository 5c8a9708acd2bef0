//! All texts, looked up by their keys.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use super::compiled::{self, Compiled};
use super::dates::Dates;
use super::message::{Given, Message};
use super::pattern;
use super::{change, source};

/// All texts of a language. Clones share them.
#[derive(Clone)]
pub struct Catalogue {
    pub(super) texts: Arc<BTreeMap<String, Compiled>>,
    pub(super) dates: Arc<Dates>,
}

impl Catalogue {
    /// The built-in texts, with those that take their place from `texts/en` in an operator's own folder.
    ///
    /// # Errors
    /// A sentence that names the file, the line and the key of what can't be used.
    pub fn load(templates: Option<&Path>) -> Result<Catalogue, String> {
        let built_in = source::built_in()?;
        let own = templates.map(source::own).transpose()?.unwrap_or_default();
        change::check_files(own.keys(), &built_in.keys().cloned().collect())?;
        let mut texts = BTreeMap::new();
        for (feature, source) in &built_in {
            let former = compiled::compile(source, None)?;
            if let Some(key) = former.keys().find(|key| !source::belongs(key, feature)) {
                return Err(format!("{}: the text {key} belongs elsewhere", source.place));
            }
            texts.extend(match own.get(feature) {
                None => former,
                Some(own) => {
                    let changed = compiled::compile(source, Some(own))?;
                    change::check(own, &former, &changed)?;
                    changed
                }
            });
        }
        Ok(Catalogue::of(texts))
    }

    /// The built-in texts of the feature that this key belongs to.
    ///
    /// # Errors
    /// When there is no such feature.
    pub(super) fn built_in_for(key: &str) -> Result<Catalogue, String> {
        Ok(Catalogue::of(compiled::compile(&source::built_in_with(key)?, None)?))
    }

    fn of(texts: BTreeMap<String, Compiled>) -> Catalogue {
        let dates = Arc::new(Dates::of(&texts));
        Catalogue { texts: Arc::new(texts), dates }
    }

    /// A text in words.
    pub fn say(&self, message: &Message) -> String {
        let key = message.key.as_ref();
        match self.texts.get(key) {
            Some(compiled) => {
                let mut text = String::new();
                pattern::write(&mut text, &compiled.pattern, message, self);
                text
            }
            // The texts of one feature alone may hold one of another.
            None => match Catalogue::built_in_for(key) {
                Ok(other) if other.texts.contains_key(key) => other.say(message),
                _ => key.to_owned(),
            },
        }
    }

    /// A value in words.
    pub fn say_given(&self, given: &Given) -> String {
        match given {
            Given::Text(text) => text.clone(),
            Given::Number(number) => self.number(*number),
            Given::Message(message) => self.say(message),
            Given::Moment(at) => self.moment(*at),
        }
    }

    /// All keys.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.texts.keys().map(String::as_str)
    }
}

impl fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Catalogue(…)")
    }
}
