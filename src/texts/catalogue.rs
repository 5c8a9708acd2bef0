//! All texts, looked up by their keys.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};

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
        let mut texts = Vec::new();
        for (feature, source) in &built_in {
            let former = compiled::compile(source, None)?;
            if let Some(key) = former.keys().find(|key| source::feature_of(key, built_in.keys()) != Some(feature)) {
                return Err(format!("{}: the text {key} belongs elsewhere", source.place));
            }
            texts.extend(match own.get(feature) {
                None => former,
                Some(own) => {
                    let mut changed = compiled::compile(source, Some(own))?;
                    change::check(own, &former, &changed)?;
                    change::mark(own, &former, &mut changed)?;
                    changed
                }
            });
        }
        Ok(Catalogue::of(texts))
    }

    /// The built-in texts of the feature that this key belongs to, and those that say how days are written. Numbers are
    /// written without a sign between their thousands: programs read them.
    ///
    /// # Errors
    /// When there is no such feature.
    pub(super) fn built_in_for(key: &str) -> Result<Catalogue, String> {
        let mut texts = Vec::new();
        for key in [key, "dates-day"] {
            texts.extend(compiled::compile(&source::built_in_with(key)?, None)?);
        }
        Ok(Catalogue::of(texts))
    }

    /// A tree that is made all at once is half as large as one that grows.
    fn of(texts: Vec<(String, Compiled)>) -> Catalogue {
        let texts = BTreeMap::from_iter(texts);
        let dates = Arc::new(Dates::of(&texts));
        Catalogue { texts: Arc::new(texts), dates }
    }

    /// A text in words.
    pub fn say(&self, message: &Message) -> String {
        let key = message.key.as_ref();
        match self.texts.get(key) {
            Some(compiled) => {
                let mut text = String::new();
                pattern::write(&mut text, &compiled.pattern, message, &|given| self.say_given(given));
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

    /// A day for people, in UTC: 5 January 2030.
    pub fn day(&self, day: NaiveDate) -> String {
        self.dates.day(day)
    }

    /// A moment for people, in UTC and with its zone: 5 January 2030, 21:06 UTC.
    pub fn moment(&self, at: NaiveDateTime) -> String {
        self.dates.moment(at)
    }

    /// A number for people: 1,234,567.
    pub fn number(&self, number: i64) -> String {
        self.dates.number(number)
    }
}

impl fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Catalogue(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_moments_and_numbers_are_written_as_the_catalogue_says() {
        let catalogue = Catalogue::load(None).unwrap();
        let at = chrono::DateTime::from_timestamp(1_893_877_565, 0).unwrap().naive_utc();
        assert_eq!(catalogue.day(at.date()), "5\u{a0}January\u{a0}2030");
        assert_eq!(catalogue.moment(at), "5\u{a0}January\u{a0}2030, 21:06\u{a0}UTC");
        let at = chrono::DateTime::from_timestamp(1_922_670_360, 0).unwrap().naive_utc();
        assert_eq!(catalogue.moment(at), "5\u{a0}December\u{a0}2030, 03:06\u{a0}UTC");
        for (number, written) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (-1_234_567, "-1,234,567"),
            (i64::MIN, "-9,223,372,036,854,775,808"),
        ] {
            assert_eq!(catalogue.number(number), written);
        }
    }
}
