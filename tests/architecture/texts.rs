//! What people read stands in the catalogue, and nowhere else: each text is used, each key is there, and whoever names a
//! text gives what it needs.

use std::collections::{BTreeMap, BTreeSet};

use super::files::files;

/// Words in templates that are no language's: what letters begin with, and where their links lead.
const TECHNICAL: &[&str] = &["Subject:", "/login"];

/// The catalogue: keys and texts as they stand in the files.
fn catalogue() -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for file in files("templates/texts/en", ".ftl") {
        let feature =
            file.path.rsplit('/').next().and_then(|name| name.strip_suffix(".ftl")).unwrap().replace('_', "-");
        let mut last = String::new();
        for line in file.text.lines().filter(|line| !line.starts_with('#')) {
            match line.split_once(" = ").filter(|_| !line.starts_with(' ')) {
                Some((key, text)) => {
                    assert!(key.starts_with(&format!("{feature}-")), "{}: {key} belongs elsewhere", file.path);
                    last = key.to_owned();
                    assert!(texts.insert(last.clone(), text.to_owned()).is_none(), "{key} is there twice");
                }
                None => *texts.get_mut(&last).expect("a text goes on") += line,
            }
        }
    }
    texts
}

/// The code, without comments and tests.
fn code() -> Vec<(String, String)> {
    files("src", ".rs").into_iter().map(|file| (file.path.clone(), file.code().join("\n"))).collect()
}

/// The variables of a text, with those of the texts that it refers to.
fn variables(texts: &BTreeMap<String, String>, key: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for place in texts[key].split('{').skip(1) {
        let name: String =
            place.trim_start().chars().take_while(|c| c.is_ascii_alphanumeric() || "$-".contains(*c)).collect();
        match name.strip_prefix('$') {
            Some(variable) => {
                found.insert(variable.to_owned());
            }
            None if texts.contains_key(&name) => found.extend(variables(texts, &name)),
            None => {}
        }
    }
    found
}

/// What stands between quotes right after this, wherever it occurs, with the rest of the text.
fn quoted_after<'t>(text: &'t str, before: &'t str) -> impl Iterator<Item = (&'t str, &'t str)> {
    text.match_indices(before).filter_map(|(place, _)| text[place + before.len()..].split_once('"'))
}

#[test]
fn every_text_is_used_and_every_key_is_there() {
    let texts = catalogue();
    let code = code();
    let templates = files("templates", ".tera");
    let mut unused: BTreeSet<&str> = texts.keys().map(String::as_str).collect();
    unused.retain(|key| {
        let quoted = format!("\"{key}\"");
        let referred = format!("{{ {key} }}");
        let in_code = code.iter().any(|(_, code)| code.contains(&quoted));
        let in_texts = texts.values().any(|text| text.contains(&referred));
        // The names of months are put together.
        let is_month = key.starts_with("dates-");
        !(in_code || in_texts || is_month || templates.iter().any(|file| file.text.contains(&quoted)))
    });
    assert_eq!(unused, BTreeSet::new(), "nobody says these");
    for (path, code) in &code {
        for (key, _) in quoted_after(code, "Message::new(\"") {
            assert!(texts.contains_key(key), "{path}: there is no text {key}");
        }
    }
    for file in &templates {
        for (key, _) in quoted_after(&file.text, "t(key=\"") {
            assert!(texts.contains_key(key), "{}: there is no text {key}", file.path);
        }
    }
}

#[test]
fn whoever_names_a_text_gives_what_it_needs() {
    let texts = catalogue();
    let mut looked_at = 0;
    for (path, code) in code() {
        for (key, mut rest) in quoted_after(&code, "Message::new(\"") {
            let mut given = BTreeSet::new();
            rest = rest.trim_start_matches(')');
            while let Some((name, after)) = rest.trim_start().strip_prefix(".with(\"").and_then(|r| r.split_once('"')) {
                given.insert(name.to_owned());
                rest = after_bracket(after);
            }
            assert_eq!(given, variables(&texts, key), "{path}: {key}");
            looked_at += 1;
        }
    }
    assert!(looked_at > 150, "{looked_at}");
}

/// What follows the bracket that closes this call.
fn after_bracket(text: &str) -> &str {
    let mut depth = 1;
    for (place, sign) in text.char_indices() {
        depth += match sign {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        if depth == 0 {
            return &text[place + 1..];
        }
    }
    ""
}

#[test]
fn templates_hold_no_words_of_their_own() {
    for file in files("templates", ".tera") {
        let plain = without_tags(&without(&file.text, "{#", "#}"));
        // Comments are for whoever writes templates; what stands in a block of classes or attributes is no text.
        let is_page = file.path.ends_with(".html.tera");
        let words = if is_page { without(&plain, "<", ">") } else { plain.clone() };
        let words = TECHNICAL.iter().fold(words, |words, technical| words.replace(technical, ""));
        for line in words.lines().filter(|line| !line.contains("aria-current=")) {
            let is_scene = ["hall", "room", "noindex"].contains(&line.trim());
            assert!(is_scene || !line.contains(|c: char| c.is_alphabetic()), "{}: {line}", file.path);
        }
        for attribute in ["aria-label", "alt", "title", "data-label", "placeholder"] {
            for (value, _) in quoted_after(&plain, &format!(" {attribute}=\"")) {
                assert!(!value.contains(|c: char| c.is_alphabetic()), "{}: {attribute}={value}", file.path);
            }
        }
        for argument in ["label", "hint", "title", "text", "none", "message"] {
            for (value, _) in quoted_after(&file.text, &format!(" {argument}=\"")) {
                let is_call = value.starts_with("{{");
                assert!(is_call || !value.contains(|c: char| c.is_alphabetic()), "{}: {argument}={value}", file.path);
            }
        }
    }
}

#[test]
fn pages_print_a_text_alone_or_hand_it_on() {
    // Put together with a value, or with a filter behind it, a text would be printed as it is, without being escaped.
    let mut handed_on = 0;
    for file in files("templates", ".html.tera") {
        let page = without(&file.text, "{#", "#}");
        for tag in cut_at_tags(&page).1.into_iter().filter(|tag| tag.contains("t(key=")) {
            let inside = tag[2..tag.len() - 2].trim_matches('-').trim();
            let (name, arguments) = inside.split_once('(').unwrap_or_default();
            let is_call = tag.starts_with("{{") && after_bracket(arguments).is_empty();
            let is_alone = is_call && name == "t";
            let is_handed_on = is_call && name.contains("::") || tag.starts_with("{%") && inside.starts_with("set ");
            assert!(is_alone || is_handed_on, "{}: {tag}", file.path);
            handed_on += usize::from(is_handed_on);
        }
    }
    assert!(handed_on > 50, "{handed_on}");
}

/// A template without its tags.
fn without_tags(template: &str) -> String {
    cut_at_tags(template).0
}

/// A template without its tags, and the tags, in whose quoted texts there may be others.
fn cut_at_tags(template: &str) -> (String, Vec<&str>) {
    let (mut kept, mut tags, mut rest) = (String::with_capacity(template.len()), Vec::new(), template);
    while let Some(start) = ["{{", "{%"].iter().filter_map(|begin| rest.find(begin)).min() {
        kept.push_str(&rest[..start]);
        let (mut quote, mut end) = (None, rest.len());
        for (place, sign) in rest[start..].char_indices() {
            match quote {
                Some(open) if open == sign => quote = None,
                None if "\"'`".contains(sign) => quote = Some(sign),
                None if rest[start + place..].starts_with("}}") || rest[start + place..].starts_with("%}") => {
                    end = start + place + 2;
                    break;
                }
                _ => {}
            }
        }
        tags.push(&rest[start..end]);
        rest = &rest[end..];
    }
    (kept + rest, tags)
}

/// The text without what stands between these marks.
fn without(text: &str, begin: &str, end: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once(begin) {
        kept.push_str(before);
        rest = inside.split_once(end).map_or("", |(_, after)| after);
    }
    kept + rest
}

#[test]
fn pages_say_nothing_that_is_not_in_the_catalogue() {
    // A sentence in quotes: it begins with a capital letter and has a space.
    let is_sentence = |text: &str| {
        text.starts_with(|c: char| c.is_uppercase()) && text.contains(' ') && text.ends_with(['.', '!', '?', ':'])
    };
    for (path, code) in code().iter().filter(|(path, _)| path.starts_with("src/web/")) {
        for line in code.lines() {
            let said = line.split('"').skip(1).step_by(2).find(|text| is_sentence(text));
            assert_eq!(said, None, "{path}");
        }
    }
}
