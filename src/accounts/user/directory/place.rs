//! Where a page of the directory begins.

use super::super::User;

/// What else an account is listed by than its username.
#[derive(Debug, Clone)]
pub(super) struct Keys {
    /// The address, as addresses are compared.
    pub email: Option<String>,
    /// The display name in lower case.
    pub name: String,
}

/// In which part of the list, and behind which account of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub(super) part: Part,
    /// What the account is listed by there; empty: the part begins.
    pub(super) key: String,
    /// Its id, where several may have the same key.
    pub(super) id: String,
}

/// By what accounts are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Username,
    Email,
    Name,
    /// By their ids: those who have a role.
    Role,
}

impl Part {
    const ALL: [(Part, char); 4] = [(Part::Username, 'u'), (Part::Email, 'e'), (Part::Name, 'n'), (Part::Role, 'r')];
}

impl Place {
    /// Where the list of all begins.
    pub(super) fn first() -> Place {
        Place::start_of(Part::Username)
    }

    /// Where the list of those with a role begins.
    pub(super) fn first_of_role() -> Place {
        Place::start_of(Part::Role)
    }

    fn start_of(part: Part) -> Place {
        Place { part, key: String::new(), id: String::new() }
    }

    /// Whether it is a place in a list of those who are named so, or of those with a role.
    pub(super) fn fits(&self, is_named: bool, is_by_role: bool) -> bool {
        match self.part {
            Part::Username => !is_by_role,
            Part::Email | Part::Name => is_named,
            Part::Role => is_by_role,
        }
    }

    /// The key and the id of the account that it is behind; none at the beginning of the part, or before all whose keys
    /// begin so.
    pub(super) fn behind(&self, start: &str) -> Option<(&str, &str)> {
        (!self.key.is_empty() && self.key.as_str() >= start).then_some((self.key.as_str(), self.id.as_str()))
    }

    /// The place behind this account, in the same part.
    pub(super) fn of(&self, user: &User, keys: &Keys) -> Place {
        let key = match self.part {
            Part::Username => &user.username,
            Part::Email => keys.email.as_ref().unwrap_or(&self.key),
            Part::Name => &keys.name,
            Part::Role => &user.id,
        };
        Place { part: self.part, key: key.clone(), id: user.id.clone() }
    }

    /// Whether no earlier part has this account, of those whose keys begin so.
    pub(super) fn is_first_of(&self, user: &User, keys: &Keys, start: &str) -> bool {
        let by_username = user.username.starts_with(start);
        match self.part {
            Part::Username | Part::Role => true,
            Part::Email => !by_username,
            Part::Name => !by_username && !keys.email.as_deref().is_some_and(|email| email.starts_with(start)),
        }
    }

    /// Where the part behind this one begins.
    pub(super) fn next_part(&self) -> Option<Place> {
        match self.part {
            Part::Username => Some(Place::start_of(Part::Email)),
            Part::Email => Some(Place::start_of(Part::Name)),
            Part::Name | Part::Role => None,
        }
    }

    /// The text for an address.
    pub fn to_text(&self) -> String {
        let sign = Part::ALL.into_iter().find(|(part, _)| *part == self.part).map_or('u', |(_, sign)| sign);
        format!("{sign}:{}:{}", self.id, self.key)
    }

    /// Reads that text; none when it is no place.
    pub fn parse(text: &str) -> Option<Place> {
        let mut parts = text.splitn(3, ':');
        let (sign, id, key) = (parts.next()?, parts.next()?, parts.next()?);
        let part = Part::ALL.into_iter().find(|(_, known)| sign.chars().eq([*known]))?.0;
        let is_text = |text: &str| !text.contains('\0');
        (is_text(id) && is_text(key)).then(|| Place { part, key: key.to_owned(), id: id.to_owned() })
    }
}
