//! An operator's own texts, compared with those whose place they take.

use std::collections::{BTreeMap, BTreeSet};

use super::compiled::{self, Compiled};
use super::pattern::{self, Needs, Part};
use super::source::{LANGUAGE, Source};

/// Looks whether the file has texts of this feature alone, each with what its built-in one has.
///
/// # Errors
/// A sentence that names the file, the line and the key, and says what was probably meant.
pub(super) fn check(
    own: &Source,
    built_in: &BTreeMap<String, Compiled>,
    changed: &BTreeMap<String, Compiled>,
) -> Result<(), String> {
    for key in compiled::keys(own)? {
        let place = compiled::place_of(own, &key);
        let Some((former, new)) = built_in.get(&key).zip(changed.get(&key)) else {
            let meant = meant(&key, built_in.keys());
            return Err(format!("{place}: there is no text {key}{meant}"));
        };
        let (needed, needs) = (Needs::of(&former.pattern), Needs::of(&new.pattern));
        let sides = [(&needed.variables, &needs.variables, "{ $", " }"), (&needed.tags, &needs.tags, "<", ">")];
        for (former, new, before, after) in sides {
            if let Some(name) = new.difference(former).next() {
                let meant = meant(name, former);
                return Err(format!("{place}: the text {key} has no {before}{name}{after}{meant}"));
            }
            if let Some(name) = former.difference(new).next() {
                return Err(format!("{place}: the text {key} lacks {before}{name}{after}: put it in"));
            }
        }
        if let Some(why) = misfit(&key, &new.pattern) {
            return Err(format!("{place}: the text {key} {why}"));
        }
    }
    Ok(())
}

/// Why a text has not the form that those with such a key need.
fn misfit(key: &str, pattern: &[Part]) -> Option<&'static str> {
    let is_taken_apart = ["dates-", "numbers-"].iter().any(|begin| key.starts_with(begin));
    let is_simple = |part: &Part| matches!(part, Part::Text(_) | Part::Variable(_));
    if is_taken_apart && !pattern.iter().all(is_simple) {
        return Some("can have no choices and no tags: write its words and values alone");
    }
    (key.ends_with("-subject") && pattern::has_lines(pattern))
        .then_some("has to be one line, because it is the subject of a letter")
}

/// Marks the texts that are others than the built-in ones with the place that made them so: where they stand, or the
/// file alone when it is what they refer to.
///
/// # Errors
/// As for [`check`].
pub(super) fn mark(
    own: &Source,
    built_in: &BTreeMap<String, Compiled>,
    changed: &mut BTreeMap<String, Compiled>,
) -> Result<(), String> {
    let keys = compiled::keys(own)?;
    for (key, text) in changed {
        if built_in.get(key).is_none_or(|former| former.pattern != text.pattern) {
            let stands_there = keys.contains(key);
            text.changed_at = Some(if stands_there { compiled::place_of(own, key) } else { own.place.clone() });
        }
    }
    Ok(())
}

/// A question about the nearest of these names, when it is near enough.
pub(super) fn meant<'a>(typed: &str, names: impl IntoIterator<Item = &'a String>) -> String {
    let distances = names.into_iter().map(|name| (strsim::osa_distance(typed, name), name));
    let nearest = distances.min().filter(|(distance, _)| *distance <= typed.len() / 3 + 1);
    nearest.map(|(_, name)| format!("; did you mean {name}?")).unwrap_or_default()
}

/// The files that an operator may have, for one with another name.
///
/// # Errors
/// A sentence that names the file.
pub(super) fn check_files<'a>(
    own: impl IntoIterator<Item = &'a String>,
    built_in: &BTreeSet<String>,
) -> Result<(), String> {
    match own.into_iter().find(|feature| !built_in.contains(*feature)) {
        Some(feature) => {
            let meant = meant(feature, built_in);
            Err(format!("texts/{LANGUAGE}/{feature}.ftl: there is no such file of texts{meant}"))
        }
        None => Ok(()),
    }
}
