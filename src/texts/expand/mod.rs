//! Texts in templates: each `t(key="login-title")` is replaced by its text before the template is parsed, so that
//! rendering costs no look-up.
//!
//! A call may stand alone, `{{ t(key="home-hello", name=user.name) }}`: then each `{ $name }` of the text becomes
//! `{{ user.name }}`, each choice an `{% if … %}`, and each tag what the argument of its name says, as in
//! `t(key="…", link='<a href="/login">')`. Or it is a value in another tag, such as the argument of a macro: then it
//! becomes a text, put together with `~`.

mod call;
mod scan;
mod written;

use super::catalogue::Catalogue;
use super::pattern::Needs;
use call::Call;
use scan::Piece;

pub use written::Format;

impl Catalogue {
    /// The template with its texts in place of their keys.
    ///
    /// # Errors
    /// A sentence that names the line and the key, for an unknown key or when what is given is not what the text needs.
    pub fn expand(&self, template: &str, format: Format) -> Result<String, String> {
        let mut expanded = String::with_capacity(template.len() * 2);
        let mut line = 1;
        for piece in scan::pieces(template) {
            match piece {
                Piece::Text(text) => expanded.push_str(text),
                Piece::Tag(tag) => {
                    self.expand_tag(&mut expanded, tag, format).map_err(|why| format!("line {line}: {why}"))?;
                }
            }
            line += piece.text().matches('\n').count();
        }
        Ok(expanded)
    }

    fn expand_tag(&self, to: &mut String, tag: &str, format: Format) -> Result<(), String> {
        if let Some(call) = Call::alone(tag)? {
            // What a dash takes away on either side, a comment with a dash does.
            to.push_str(if tag.starts_with("{{-") { "{#- #}" } else { "" });
            written::alone(to, &self.found(&call)?.pattern, &call, format)?;
            to.push_str(if tag.ends_with("-}}") { "{# -#}" } else { "" });
            return Ok(());
        }
        let mut rest = tag;
        while let Some((before, call, after)) = Call::within(rest)? {
            to.push_str(before);
            to.push_str(&written::as_value(self.found(&call)?, &call)?);
            rest = after;
        }
        to.push_str(rest);
        Ok(())
    }

    /// The text of a call that gives all it needs, and nothing else.
    fn found(&self, call: &Call<'_>) -> Result<&super::compiled::Compiled, String> {
        let key = call.key;
        let text = self.texts.get(key).ok_or_else(|| {
            let meant = super::change::meant(key, self.texts.keys());
            format!("there is no text {key}{meant}")
        })?;
        let needs = Needs::of(&text.pattern);
        for name in &needs.variables {
            if call.value(name).is_none() {
                return Err(format!("the text {key} needs a value for {name}: t(key=\"{key}\", {name}=…)"));
            }
        }
        for name in needs.tags.iter().filter(|name| !super::tags::PLAIN.contains(&name.as_str())) {
            if call.tag(name).is_none() {
                return Err(format!("the text {key} needs a tag for <{name}>: t(key=\"{key}\", {name}='<…>')"));
            }
        }
        let needed = |name: &str| needs.variables.contains(name) || needs.tags.contains(name);
        match call.arguments.iter().find(|(name, _)| !needed(name)) {
            Some((name, _)) => Err(format!("the text {key} has no place for {name}")),
            None => Ok(text),
        }
    }
}

#[cfg(test)]
mod tests;
