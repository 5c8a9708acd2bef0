//! Which numbers a language speaks of alike: the plural categories of Unicode's CLDR. English has two.

/// A category of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Category {
    /// One thing.
    One,
    /// Any other number of them.
    Other,
}

impl Category {
    /// The category by its name in CLDR, among those that the language has.
    pub(super) fn parse(name: &str) -> Option<Category> {
        match name {
            "one" => Some(Category::One),
            "other" => Some(Category::Other),
            _ => None,
        }
    }

    /// The category of a number.
    pub(super) fn of(number: i64) -> Category {
        if number == 1 { Category::One } else { Category::Other }
    }

    /// The same question about a variable, in the words of a template.
    pub(super) fn asked(self, variable: &str) -> String {
        match self {
            Category::One => format!("{variable} == 1"),
            Category::Other => format!("{variable} != 1"),
        }
    }
}
