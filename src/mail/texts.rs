//! The texts of letters: Tera templates in plain text, `templates/mail/<letter>.txt.tera`, which take their words from the
//! catalogue. The first line is the subject.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::path::Path;
use std::sync::Arc;

use rust_embed::RustEmbed;
use tera::Tera;

use super::wrap::wrap;
use super::{Brand, Facts};
use crate::texts::{Catalogue, Format};

/// The text before the subject.
const SUBJECT: &str = "Subject: ";

const SUFFIX: &str = ".txt.tera";

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/templates/mail"]
#[include = "*.txt.tera"]
struct BuiltIn;

/// The text of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// One line.
    pub subject: String,
    /// Lines of at most 72 characters.
    pub body: String,
}

/// The templates.
#[derive(Clone)]
pub struct Texts {
    tera: Arc<Tera>,
    catalogue: Catalogue,
    brand: Brand,
}

impl Texts {
    /// Loads the built-in templates, and those that replace them from `mail` in an operator's own folder. Each is tried
    /// out.
    ///
    /// # Errors
    /// A sentence that names the template which can't be used.
    pub fn load(overrides: Option<&Path>, catalogue: Catalogue, brand: Brand) -> Result<Texts, String> {
        let mut sources = BTreeMap::new();
        for path in BuiltIn::iter() {
            let file = BuiltIn::get(&path).ok_or_else(|| format!("the built-in text {path} vanished"))?;
            sources.insert(path.into_owned(), String::from_utf8_lossy(&file.data).into_owned());
        }
        if let Some(folder) = overrides.map(|folder| folder.join("mail")).filter(|folder| folder.is_dir()) {
            let unreadable = |error: std::io::Error| format!("{} can't be read: {error}", folder.display());
            for entry in std::fs::read_dir(&folder).map_err(unreadable)? {
                let file = entry.map_err(unreadable)?.path();
                let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
                if name.ends_with(SUFFIX) {
                    let text = std::fs::read_to_string(&file);
                    sources
                        .insert(name.to_owned(), text.map_err(|e| format!("{} can't be read: {e}", file.display()))?);
                }
            }
        }
        for (name, source) in &mut sources {
            *source = catalogue.expand(source, Format::Plain).map_err(|why| format!("mail/{name}, {why}"))?;
        }
        let mut tera = Tera::default();
        // Letters are not HTML, so nothing is escaped.
        tera.autoescape_on(Vec::new());
        catalogue.teach_numbers(&mut tera);
        tera.add_raw_templates(sources.iter().map(|(name, text)| (name.as_str(), text.as_str()))).map_err(reason)?;
        let texts = Texts { tera: Arc::new(tera), catalogue, brand };
        for name in sources.keys().filter_map(|name| name.strip_suffix(SUFFIX)).filter(|name| !is_part(name)) {
            for facts in [Facts::sample(), Facts::least()] {
                texts.write(name, &facts).map_err(|error| format!("mail/{name}{SUFFIX}: {error}"))?;
            }
        }
        Ok(texts)
    }

    /// Renders the text of a letter.
    ///
    /// # Errors
    /// A sentence, when its template can't be used.
    pub fn write(&self, letter: &str, facts: &Facts) -> Result<Text, String> {
        let mut facts = serde_json::to_value(facts).map_err(|error| error.to_string())?;
        self.catalogue.say_all(&mut facts);
        let mut context = tera::Context::from_value(facts).map_err(reason)?;
        context.insert("brand", &self.brand);
        let text = self.tera.render(&format!("{letter}{SUFFIX}"), &context).map_err(reason)?;
        let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
        let subject = first.strip_prefix(SUBJECT).map(one_line).filter(|subject| !subject.is_empty());
        let subject = subject.ok_or_else(|| format!("the first line has to be \"{SUBJECT}…\""))?;
        Ok(Text { subject, body: wrap(rest.trim()) })
    }
}

/// A template that others include begins with an underscore.
fn is_part(name: &str) -> bool {
    name.starts_with('_')
}

fn one_line(text: &str) -> String {
    text.split(char::is_control).collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// Tera puts the actual reason into the source of its error.
fn reason(error: tera::Error) -> String {
    let source = error.source().map(|source| format!(": {source}")).unwrap_or_default();
    format!("{error}{source}")
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Texts(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::Link;

    fn brand() -> Brand {
        let link = |text: &str, address: &str| Link { text: text.to_owned(), address: address.to_owned() };
        let links = vec![link("Imprint", "https://example.com/imprint"), link("Privacy", "/privacy")];
        Brand { name: "Acme".to_owned(), help: vec!["Call 555-0100.".to_owned()], legal_links: links }
    }

    fn catalogue() -> Catalogue {
        Catalogue::load(None).unwrap()
    }

    #[test]
    fn every_built_in_text_has_a_subject_and_short_lines() {
        let texts = Texts::load(None, catalogue(), brand()).unwrap();
        for path in BuiltIn::iter() {
            let Some(name) = path.strip_suffix(SUFFIX).filter(|name| !is_part(name)) else { continue };
            let Facts { site, username, at, link, .. } = Facts::sample();
            for facts in [Facts::sample(), Facts { site, username, at, link, ..Facts::default() }] {
                let Text { subject, body } = texts.write(name, &facts).unwrap();
                assert!(!subject.is_empty() && subject.chars().count() <= 60, "{name}: {subject}");
                // A link stays whole, on a line of its own.
                let fits = |line: &str| line.chars().count() <= 72 || Some(line) == facts.link.as_deref();
                assert!(body.lines().all(fits), "{name}: {body}");
                for part in ["Acme", "Call 555-0100.", "Imprint: https://example.com/imprint\n"] {
                    assert!(body.contains(part), "{name} lacks {part}: {body}");
                }
                assert!(body.contains(&format!("Privacy: {}/privacy\n", facts.site)), "{name}: {body}");
                assert!(body.contains(&facts.site) && !body.contains("\n\n\n"), "{name}: {body}");
                assert!(!body.contains("  ") && !body.contains(" ,") && !body.contains(" ."), "{name}: {body}");
            }
        }
    }

    #[test]
    fn a_text_of_one_s_own_takes_the_place_of_the_built_in_one() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("mail")).unwrap();
        let file = folder.path().join("mail/password_changed.txt.tera");
        std::fs::write(&file, "Subject: Passwort <geändert>\n\nHallo {{ username }} & Co\n").unwrap();
        let text = Texts::load(Some(folder.path()), catalogue(), brand())
            .unwrap()
            .write("password_changed", &Facts::sample())
            .unwrap();
        assert_eq!(text, Text { subject: "Passwort <geändert>".into(), body: "Hallo roy & Co\n".into() });
        for (bad, says) in [
            ("Hello\n", "the first line has to be"),
            ("Subject: \n\nHello", "the first line has to be"),
            ("Subject: x\n{{ nope }}", "nope"),
            ("Subject: x\n{{ browser | upper }}", "upper"),
            ("Subject: {{ by }}\n\nHello", "the first line has to be"),
            ("Subject: x\n{{ ", "password_changed.txt.tera"),
        ] {
            std::fs::write(&file, bad).unwrap();
            let refused = Texts::load(Some(folder.path()), catalogue(), brand()).unwrap_err();
            assert!(refused.contains(says), "{bad:?}: {refused}");
        }
    }

    #[test]
    fn a_value_can_t_break_the_subject_in_two() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("mail")).unwrap();
        std::fs::write(folder.path().join("mail/x.txt.tera"), "Subject: For {{ username }}\n\nHello\n").unwrap();
        let texts = Texts::load(Some(folder.path()), catalogue(), brand()).unwrap();
        let facts = Facts { username: "roy\r\nBcc: eve@example.com".to_owned(), ..Facts::sample() };
        let text = texts.write("x", &facts).unwrap();
        assert!(!text.subject.contains(['\r', '\n']), "{text:?}");
    }
}
