//! `Rocket.toml`, `docs/settings.md` and the README, written from the table of settings.

use vestibule::config::table::{Group, Kind, Preset, SECTIONS, Section, Setting};

/// What `Rocket.toml` says first.
const ABOUT_THE_FILE: &str = "\
# Every setting with its default. The program runs without this file.
# Each can also come from the environment: VESTIBULE_<KEY> for those in [default.vestibule],
# ROCKET_<KEY> for the others. docs/settings.md lists them as a page. Both are written from
# src/config/table/.

# The tables [debug] (a debug build), [release], or one of your own that ROCKET_PROFILE selects,
# override [default]. ROCKET_CONFIG names another file. A relative path starts from the folder of
# this file; in the environment, from the current folder.
";

/// What `docs/settings.md` says first.
const ABOUT_THE_PAGE: &str = "\
# Settings

Every setting has a safe default, so the program runs without any of them. Settings go into
[`Rocket.toml`](../Rocket.toml), in the current folder or one above it, or into the environment,
which overrides it:

| table | in `Rocket.toml` | in the environment |
|---|---|---|
| `[default.vestibule]` | `registration = \"open\"` | `VESTIBULE_REGISTRATION=open` |
| `[default.vestibule]` | `trusted_proxies = [\"10.0.0.0/8\"]` | `VESTIBULE_TRUSTED_PROXIES='[\"10.0.0.0/8\"]'` |
| `[default]` | `port = 8000` | `ROCKET_PORT=8000` |
| `[default.shutdown]`, `[default.tls]` | `grace = 10` | `ROCKET_SHUTDOWN='{grace=10}'` |

`secret_key`, `database_url`, `smtp_url`, `smtp_password` and `metrics_token` can also come from a
file: set `VESTIBULE_SECRET_KEY_FILE`, `VESTIBULE_DATABASE_URL_FILE` and so on to its path. A
relative path in `Rocket.toml` starts from the folder of that file, one in the environment from the
current folder. A setting that is misspelt or can't be used stops the start with a sentence that
says what to write instead.

This page and `Rocket.toml` are written from `src/config/table/`.
";

/// Settings that the README shows.
const FIRST: &[&str] =
    &["public_url", "address", "port", "data_dir", "secret_key", "trusted_proxies", "registration", "templates"];

/// What `Rocket.toml` sets for trying out, although the default is closed.
const FOR_TRYING_OUT: &[(&str, &str)] = &[("registration", "\"open\""), ("public_todos", "5")];

/// `Rocket.toml`.
pub fn file() -> String {
    let mut text = ABOUT_THE_FILE.to_owned();
    for section in SECTIONS {
        let off = if section.optional { "# " } else { "" };
        text += &format!("\n{off}[{}]\n", section.header());
        let groups: Vec<String> = section.groups.iter().map(|group| in_file(group, section)).collect();
        text += &groups.join("\n");
    }
    text
}

fn in_file(group: &Group, section: &Section) -> String {
    let mut text = format!("## {}\n", group.title);
    if !group.note.is_empty() {
        text += &wrapped(group.note, "# ", 100);
    }
    for setting in group.settings {
        let tried = FOR_TRYING_OUT.iter().find(|(key, _)| *key == setting.key && section.name == "vestibule");
        let value = tried.map_or(setting.preset.toml(), |(_, value)| (*value).to_owned());
        let off = if section.optional || matches!(setting.preset, Preset::Unset(_)) { "# " } else { "" };
        let mut remarks: Vec<String> = match &setting.kind {
            Kind::Number(range) => vec![format!("{} to {}", range.start(), range.end())],
            Kind::Word(words) => vec![words.join(", ")],
            _ => vec![],
        };
        remarks.extend(tried.map(|_| format!("for trying out; {} when left out", setting.preset.toml())));
        let remarks = if remarks.is_empty() { String::new() } else { format!("  # {}", remarks.join("; ")) };
        let sentence = wrapped(setting.sentence, "# ", 100);
        text += &format!("\n{sentence}{off}{} = {value}{remarks}\n", setting.key);
    }
    text
}

/// `docs/settings.md`.
pub fn page() -> String {
    let mut text = ABOUT_THE_PAGE.to_owned();
    // Our own come first: they are what people look for.
    for section in SECTIONS.iter().rev().take(1).chain(SECTIONS.iter().take(SECTIONS.len() - 1)) {
        text += &format!("\n## `[{}]`\n", section.header());
        for group in section.groups {
            text += &format!("\n### {}\n", group.title);
            if !group.note.is_empty() {
                text += &format!("\n{}", wrapped(group.note, "", 100));
            }
            text += "\n| setting | default | takes | what it does |\n|---|---|---|---|\n";
            for setting in group.settings {
                let takes = setting.kind.takes().replace('|', "\\|");
                text += &format!("| `{}` | {} | {takes} | {} |\n", setting.key, preset(setting), setting.sentence);
            }
        }
    }
    text
}

/// The settings in the README.
pub fn first() -> String {
    let mut text = "\n| setting | in the environment | default | what it does |\n|---|---|---|---|\n".to_owned();
    for key in FIRST {
        let all = SECTIONS.iter().flat_map(|section| section.settings().map(move |setting| (section, setting)));
        let (section, setting) = all.into_iter().find(|(_, setting)| setting.key == *key).expect("it is a setting");
        let key_in_capitals = key.to_uppercase();
        let variable = match setting.kind {
            Kind::Secret(_) => format!("VESTIBULE_{key_in_capitals}_FILE"),
            _ if section.name == "vestibule" => format!("VESTIBULE_{key_in_capitals}"),
            _ => format!("ROCKET_{key_in_capitals}"),
        };
        text += &format!("| `{key}` | `{variable}` | {} | {} |\n", preset(setting), setting.sentence);
    }
    text + "\n"
}

fn preset(setting: &Setting) -> String {
    match setting.preset {
        Preset::Unset(_) => "unset".to_owned(),
        preset => format!("`{}`", preset.toml()),
    }
}

/// A text in lines of at most `width` characters.
fn wrapped(text: &str, before: &str, width: usize) -> String {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let line = lines.last_mut().expect("there is one");
        if line.is_empty() {
            line.push_str(word);
        } else if before.len() + line.chars().count() + 1 + word.chars().count() <= width {
            *line += &format!(" {word}");
        } else {
            lines.push(word.to_owned());
        }
    }
    lines.iter().map(|line| format!("{before}{line}\n")).collect()
}
