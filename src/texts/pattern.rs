//! A text as it is kept: parsed, with all that it refers to put in.

use std::collections::BTreeSet;

use super::message::{Given, Message};
use super::plural;

/// Parts that follow each other.
pub(super) type Pattern = Vec<Part>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// Words as they are.
    Text(String),
    /// The value of a variable.
    Variable(String),
    /// The value of a variable that is a number, written as people read it.
    Number(String),
    /// One of several patterns.
    Choice(Box<Choice>),
    /// Here begins what the template puts a tag around.
    Opens(String),
    /// Here it ends.
    Closes(String),
}

/// Several patterns, of which one is chosen by the value of a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    pub variable: String,
    pub cases: Vec<(Case, Pattern)>,
    pub otherwise: Pattern,
}

/// When a pattern is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Case {
    /// For this number.
    Number(i64),
    /// For numbers of this plural category.
    Plural(plural::Category),
    /// For this word.
    Word(String),
}

/// What has to be given for a text.
#[derive(Debug, Default)]
pub(super) struct Needs {
    pub variables: BTreeSet<String>,
    pub tags: BTreeSet<String>,
}

impl Needs {
    pub(super) fn of(pattern: &[Part]) -> Needs {
        let mut needs = Needs::default();
        needs.add(pattern);
        needs
    }

    fn add(&mut self, pattern: &[Part]) {
        for part in pattern {
            match part {
                Part::Text(_) | Part::Closes(_) => {}
                Part::Variable(name) | Part::Number(name) => {
                    self.variables.insert(name.clone());
                }
                Part::Opens(name) => {
                    self.tags.insert(name.clone());
                }
                Part::Choice(choice) => {
                    self.variables.insert(choice.variable.clone());
                    choice.patterns().for_each(|pattern| self.add(pattern));
                }
            }
        }
    }
}

/// Whether a line ends within a pattern.
pub(super) fn has_lines(pattern: &[Part]) -> bool {
    pattern.iter().any(|part| match part {
        Part::Text(words) => words.contains('\n'),
        Part::Choice(choice) => choice.patterns().any(has_lines),
        Part::Variable(_) | Part::Number(_) | Part::Opens(_) | Part::Closes(_) => false,
    })
}

/// Writes a pattern with the values of a message. Tags belong to templates, so they leave nothing here. A value that was
/// not given shows as its name.
pub(super) fn write(text: &mut String, pattern: &[Part], message: &Message, say: &dyn Fn(&Given) -> String) {
    for part in pattern {
        match part {
            Part::Text(words) => text.push_str(words),
            Part::Variable(name) | Part::Number(name) => match message.value_of(name) {
                Some(value) => text.push_str(&say(value)),
                None => text.extend(["{$", name, "}"]),
            },
            Part::Choice(choice) => {
                let value = message.value_of(&choice.variable);
                let chosen = choice.cases.iter().find(|(case, _)| value.is_some_and(|value| case.is_for(value)));
                write(text, chosen.map_or(&choice.otherwise, |(_, pattern)| pattern), message, say);
            }
            Part::Opens(_) | Part::Closes(_) => {}
        }
    }
}

impl Choice {
    /// All that can be chosen.
    pub(super) fn patterns(&self) -> impl Iterator<Item = &[Part]> {
        self.cases.iter().map(|(_, pattern)| pattern).chain([&self.otherwise]).map(Vec::as_slice)
    }
}

impl Case {
    fn is_for(&self, value: &Given) -> bool {
        match (self, value) {
            (Case::Number(case), Given::Number(number)) => case == number,
            (Case::Plural(category), Given::Number(number)) => *category == plural::Category::of(*number),
            (Case::Word(case), Given::Text(word)) => case == word,
            _ => false,
        }
    }
}
