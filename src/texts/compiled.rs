//! From the text of files to patterns. What Fluent allows and we don't use is refused, so that nothing is left to find
//! out when a text is shown.

use std::borrow::Cow;
use std::collections::BTreeMap;

use fluent_syntax::ast::{self, CallArguments, Entry, Expression, InlineExpression, PatternElement, VariantKey};
use fluent_syntax::{parser, unicode};

use super::pattern::{Case, Choice, Part, Pattern};
use super::plural::Category;
use super::source::Source;
use super::tags;

/// How many texts may refer to each other in a row.
const DEEPEST: usize = 8;

/// A text that is ready.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Compiled {
    pub pattern: Pattern,
    /// Where the operator's own text stands that made it another than the built-in one.
    pub changed_at: Option<String>,
}

type Ast<'s> = ast::Pattern<&'s str>;

/// A text as it was parsed, and where it stands, for errors.
struct Parsed<'s> {
    pattern: Ast<'s>,
    place: String,
}

/// The texts of a file, in which those of an operator's own file have taken the place of the built-in ones.
///
/// # Errors
/// A sentence that names the file, the line and the key.
pub(super) fn compile(built_in: &Source, own: Option<&Source>) -> Result<BTreeMap<String, Compiled>, String> {
    let mut parsed = parse(built_in)?;
    if let Some(own) = own {
        parsed.extend(parse(own)?);
    }
    let compile = |(key, text): (&&str, &Parsed<'_>)| {
        let pattern = pattern_of(&text.pattern, &parsed, 0);
        let pattern = pattern.and_then(|pattern| tags::check(&pattern).map(|()| pattern));
        let pattern = pattern.map_err(|why| format!("{}, {key}: {why}", text.place))?;
        Ok(((*key).to_owned(), Compiled { pattern, changed_at: None }))
    };
    parsed.iter().map(compile).collect()
}

/// The keys that a file has, in which the same may not stand twice.
///
/// # Errors
/// As for [`compile`].
pub(super) fn keys(source: &Source) -> Result<Vec<String>, String> {
    Ok(parse(source)?.keys().map(|key| (*key).to_owned()).collect())
}

/// Where the text with this key stands.
pub(super) fn place_of(source: &Source, key: &str) -> String {
    let begins = |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
    let line = source.text.lines().position(begins).unwrap_or_default() + 1;
    format!("{}, line {line}", source.place)
}

fn parse(source: &Source) -> Result<BTreeMap<&str, Parsed<'_>>, String> {
    let resource = parser::parse_runtime(source.text.as_str()).map_err(|(_, errors)| {
        let error = errors.first();
        let line = error.map_or(1, |error| line_at(&source.text, error.pos.start));
        let why = error.map(ToString::to_string).unwrap_or_default();
        format!("{}, line {line} can't be read as Fluent: {why}", source.place)
    })?;
    let mut texts = BTreeMap::new();
    for entry in resource.body {
        match entry {
            Entry::Message(ast::Message { id, value: Some(pattern), attributes, .. }) if attributes.is_empty() => {
                let place = place_of(source, id.name);
                if texts.insert(id.name, Parsed { pattern, place }).is_some() {
                    return Err(format!("{}: the text {} stands there twice", source.place, id.name));
                }
            }
            Entry::Message(message) => {
                let place = place_of(source, message.id.name);
                return Err(format!("{place}, {}: write `key = text`, without attributes", message.id.name));
            }
            Entry::Term(term) => {
                return Err(format!("{}: the term -{} can't be used: make it a text", source.place, term.id.name));
            }
            _ => {}
        }
    }
    Ok(texts)
}

fn line_at(text: &str, byte: usize) -> usize {
    text.bytes().take(byte).filter(|byte| *byte == b'\n').count() + 1
}

/// The parts of a text. Their list has no spare room, since it is kept.
fn pattern_of(pattern: &Ast<'_>, texts: &BTreeMap<&str, Parsed<'_>>, depth: usize) -> Result<Pattern, String> {
    let mut parts = Vec::new();
    add(&mut parts, pattern, texts, depth)?;
    parts.shrink_to_fit();
    Ok(parts)
}

fn add(to: &mut Pattern, pattern: &Ast<'_>, texts: &BTreeMap<&str, Parsed<'_>>, depth: usize) -> Result<(), String> {
    if depth > DEEPEST {
        return Err("it refers to itself, or texts refer to texts too often".to_owned());
    }
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => tags::parts(value)?.into_iter().for_each(|part| push(to, part)),
            PatternElement::Placeable { expression } => add_expression(to, expression, texts, depth)?,
        }
    }
    Ok(())
}

/// Words that follow words become one with them.
fn push(to: &mut Pattern, part: Part) {
    match (to.last_mut(), part) {
        (Some(Part::Text(before)), Part::Text(words)) => before.push_str(&words),
        (_, part) => to.push(part),
    }
}

fn add_expression(
    to: &mut Pattern,
    expression: &Expression<&str>,
    texts: &BTreeMap<&str, Parsed<'_>>,
    depth: usize,
) -> Result<(), String> {
    let (selector, variants) = match expression {
        Expression::Inline(inline) => return add_inline(to, inline, texts, depth),
        Expression::Select { selector, variants } => (selector, variants),
    };
    let InlineExpression::VariableReference { id } = selector else {
        return Err("only a variable can be chosen by: { $name -> … }".to_owned());
    };
    let (mut cases, mut otherwise) = (Vec::new(), Vec::new());
    for variant in variants {
        let pattern = pattern_of(&variant.value, texts, depth)?;
        if variant.default {
            otherwise = pattern;
        } else {
            cases.push((case(&variant.key)?, pattern));
        }
    }
    to.push(Part::Choice(Box::new(Choice { variable: id.name.to_owned(), cases, otherwise })));
    Ok(())
}

fn case(key: &VariantKey<&str>) -> Result<Case, String> {
    Ok(match key {
        VariantKey::NumberLiteral { value } => {
            Case::Number(value.parse().map_err(|_| format!("[{value}] is no whole number"))?)
        }
        VariantKey::Identifier { name } => {
            Category::parse(name).map_or_else(|| Case::Word((*name).to_owned()), Case::Plural)
        }
    })
}

fn add_inline(
    to: &mut Pattern,
    inline: &InlineExpression<&str>,
    texts: &BTreeMap<&str, Parsed<'_>>,
    depth: usize,
) -> Result<(), String> {
    match inline {
        InlineExpression::StringLiteral { value } => {
            let words: Cow<'_, str> = unicode::unescape_unicode_to_string(value);
            push(to, Part::Text(words.into_owned()));
        }
        InlineExpression::NumberLiteral { value } => push(to, Part::Text((*value).to_owned())),
        InlineExpression::VariableReference { id } => to.push(Part::Variable(id.name.to_owned())),
        InlineExpression::FunctionReference { id, arguments } if id.name == "NUMBER" => {
            to.push(Part::Number(counted(arguments)?.to_owned()));
        }
        InlineExpression::MessageReference { id, attribute: None } => {
            let text = texts.get(id.name).ok_or_else(|| format!("this file has no text {}", id.name))?;
            add(to, &text.pattern, texts, depth + 1)?;
        }
        InlineExpression::Placeable { expression } => add_expression(to, expression, texts, depth)?,
        _ => {
            let allowed = "{ $variables }, { NUMBER($variables) }, { other-texts } and { \"signs\" }";
            return Err(format!("only {allowed} can be put in"));
        }
    }
    Ok(())
}

/// The variable that a number is written of.
fn counted<'s>(arguments: &CallArguments<&'s str>) -> Result<&'s str, String> {
    match (arguments.positional.as_slice(), arguments.named.as_slice()) {
        ([InlineExpression::VariableReference { id }], []) => Ok(id.name),
        _ => Err("NUMBER takes a variable and no options: { NUMBER($name) }".to_owned()),
    }
}
