//! Which file names what of which other file. Sources are read as tokens, so comments and texts don't count; what
//! macros are given does.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::files::Source;

/// A path from the crate's root, or that of a module.
type Path = Vec<String>;

/// The names that a module imports, or passes on with `pub use`.
type Names = BTreeMap<String, Path>;

/// What is known of one module: a file, or a `mod tests { … }` inside one.
#[derive(Default)]
struct Module {
    imports: Names,
    exports: Names,
    /// Paths of at least two parts, as they are written.
    paths: Vec<Path>,
    /// What is imported: an item, or a module of which items are named later.
    imported: Vec<Path>,
}

/// All modules of the crate.
pub struct Imports {
    /// Those that are files, with their paths.
    files: BTreeMap<Path, String>,
    modules: BTreeMap<Path, Module>,
}

impl Imports {
    /// Reads the sources below `src/`, but for the program's own `main`.
    pub fn of(sources: &[Source]) -> Imports {
        let mut all = Imports { files: BTreeMap::new(), modules: BTreeMap::new() };
        for source in sources.iter().filter(|source| source.path != "src/main.rs") {
            let inside = source.path.trim_start_matches("src/").trim_end_matches(".rs");
            let parts = inside.split('/').filter(|part| !["mod", "lib"].contains(part));
            all.files.insert(parts.map(str::to_owned).collect(), source.path.clone());
        }
        for (module, path) in all.files.clone() {
            let text = &sources.iter().find(|source| source.path == path).expect("it was read").text;
            let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{path}: {error}"));
            all.read(&module, tokens.into_iter().collect());
        }
        all
    }

    /// Which files each file needs, with a name that it needs there.
    pub fn needs(&self) -> BTreeMap<&str, BTreeMap<&str, String>> {
        let mut needs: BTreeMap<&str, BTreeMap<&str, String>> = BTreeMap::new();
        for (place, module) in &self.modules {
            let own = self.file_of(place);
            let named =
                module.imported.iter().cloned().chain(module.paths.iter().filter_map(|p| self.absolute(place, p)));
            for path in named {
                let (file, is_item) = self.resolve(&path, &mut BTreeSet::new());
                if is_item && file != own {
                    needs.entry(own).or_default().entry(file).or_insert_with(|| path.join("::"));
                }
            }
        }
        needs
    }

    /// Reads the tokens of a module, or of a part of one.
    fn read(&mut self, place: &Path, tokens: Vec<TokenTree>) {
        let mut at = 0;
        while at < tokens.len() {
            let rest = &tokens[at..];
            if let Some((name, body)) = inline_module(rest) {
                let inside = [place.as_slice(), &[name]].concat();
                self.read(&inside, body);
                at += 3;
            } else if is_word(rest.first(), "use") {
                let end = rest.iter().position(|token| is_punct(Some(token), ';')).unwrap_or(rest.len());
                let is_public = at.checked_sub(1).is_some_and(|before| is_visibility(&tokens[..=before]));
                self.note_use(place, &rest[1..end], is_public);
                at += end + 1;
            } else if let Some((path, length)) = path_at(rest) {
                let continues = at > 0 && (is_punct(tokens.get(at - 1), '.') || is_punct(tokens.get(at - 1), ':'));
                if path.len() > 1 && !continues {
                    self.modules.entry(place.clone()).or_default().paths.push(path);
                }
                at += length;
            } else {
                if let Some(TokenTree::Group(group)) = rest.first() {
                    self.read(place, group.stream().into_iter().collect());
                }
                at += 1;
            }
        }
    }

    fn note_use(&mut self, place: &Path, tree: &[TokenTree], is_public: bool) {
        for (path, name) in expand(tree, &[]) {
            let Some(path) = self.absolute(place, &path) else { continue };
            let module = self.modules.entry(place.clone()).or_default();
            if is_public {
                module.exports.insert(name, path);
            } else {
                module.imports.insert(name, path.clone());
                module.imported.push(path);
            }
        }
    }

    /// A path as it is written at a place, from the crate's root; none for one of another crate.
    fn absolute(&self, place: &Path, path: &Path) -> Option<Path> {
        let (mut base, mut rest) = (place.clone(), path.as_slice());
        match rest[0].as_str() {
            "crate" => return Some(rest[1..].to_vec()),
            "self" | "super" => {
                while let [first, more @ ..] = rest
                    && ["self", "super"].contains(&first.as_str())
                {
                    if first == "super" {
                        base.pop();
                    }
                    rest = more;
                }
                return Some([base.as_slice(), rest].concat());
            }
            _ => {}
        }
        // A test sees what its file imports.
        let mut scopes = vec![place.clone()];
        if !self.files.contains_key(place) {
            scopes.push(place[..place.len() - 1].to_vec());
        }
        for scope in scopes {
            if self.files.contains_key(&[scope.as_slice(), &rest[..1]].concat()) {
                return Some([scope.as_slice(), rest].concat());
            }
            let known = self.modules.get(&scope).and_then(|m| m.imports.get(&rest[0]).or(m.exports.get(&rest[0])));
            if let Some(known) = known {
                return Some([known.as_slice(), &rest[1..]].concat());
            }
        }
        None
    }

    /// The file in which an item is, behind all that passes it on; and whether it is an item rather than a module.
    fn resolve(&self, path: &Path, seen: &mut BTreeSet<Path>) -> (&str, bool) {
        let mut place = Path::new();
        for (at, part) in path.iter().enumerate() {
            let deeper = [place.as_slice(), std::slice::from_ref(part)].concat();
            if self.files.contains_key(&deeper) {
                place = deeper;
                continue;
            }
            let passed_on = self.modules.get(&place).and_then(|m| m.exports.get(part).or(m.imports.get(part)));
            if let Some(target) = passed_on.filter(|_| seen.insert(deeper)) {
                return self.resolve(&[target.as_slice(), &path[at + 1..]].concat(), seen);
            }
            return (self.file_of(&place), part != "*");
        }
        (self.file_of(&place), false)
    }

    /// The file of a module, or the one around it.
    fn file_of(&self, place: &Path) -> &str {
        self.files.get(place).unwrap_or_else(|| &self.files[&place[..place.len() - 1]])
    }
}

fn is_word(token: Option<&TokenTree>, word: &str) -> bool {
    matches!(token, Some(TokenTree::Ident(ident)) if ident == word)
}

fn is_punct(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}

/// Whether these tokens end with `pub` or `pub(…)`.
fn is_visibility(tokens: &[TokenTree]) -> bool {
    match tokens {
        [.., before, TokenTree::Group(_)] => is_word(Some(before), "pub"),
        [.., last] => is_word(Some(last), "pub"),
        [] => false,
    }
}

/// `mod name { … }`
fn inline_module(tokens: &[TokenTree]) -> Option<(String, Vec<TokenTree>)> {
    match tokens {
        [TokenTree::Ident(word), TokenTree::Ident(name), TokenTree::Group(body), ..]
            if word == "mod" && body.delimiter() == Delimiter::Brace =>
        {
            Some((name.to_string(), body.stream().into_iter().collect()))
        }
        _ => None,
    }
}

/// The path that begins here, and how many tokens it is long.
fn path_at(tokens: &[TokenTree]) -> Option<(Path, usize)> {
    let mut path = Path::new();
    let mut at = 0;
    while let Some(TokenTree::Ident(part)) = tokens.get(at) {
        path.push(part.to_string());
        at += 1;
        let goes_on = is_punct(tokens.get(at), ':') && is_punct(tokens.get(at + 1), ':');
        if !goes_on || !matches!(tokens.get(at + 2), Some(TokenTree::Ident(_))) {
            break;
        }
        at += 2;
    }
    (!path.is_empty()).then_some((path, at))
}

/// The paths of `a::{b, c as d, e::*}`, each with the name that it gets.
fn expand(tree: &[TokenTree], before: &[String]) -> Vec<(Path, String)> {
    let mut all = Vec::new();
    for branch in tree.split(|token| is_punct(Some(token), ',')) {
        let mut path = before.to_vec();
        let mut name = None;
        let mut at = 0;
        while at < branch.len() {
            match &branch[at] {
                TokenTree::Ident(word) if word == "as" => {
                    name = branch.get(at + 1).map(ToString::to_string);
                    at += 1;
                }
                TokenTree::Ident(part) => path.push(part.to_string()),
                TokenTree::Punct(sign) if sign.as_char() == '*' => path.push("*".to_owned()),
                TokenTree::Group(group) => {
                    all.extend(expand(&group.stream().into_iter().collect::<Vec<_>>(), &path));
                    path.clear();
                }
                _ => {}
            }
            at += 1;
        }
        if path.last().is_some_and(|last| last == "self") && path.len() > 1 {
            path.pop();
        }
        if let Some(last) = path.last().cloned() {
            all.push((path, name.unwrap_or(last)));
        }
    }
    all
}
