//! Maps the columns of a foreign file to those of an import.

use std::collections::BTreeSet;

use super::super::super::error::Error;

/// The meaning of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Username,
    FormerName,
    Email,
    EmailConfirmed,
    Name,
    FirstName,
    LastName,
    Password,
    Id,
    Roles,
    Superuser,
    Staff,
    Active,
    WaitsFor,
    Created,
    DeletesAt,
    Data,
}

/// The columns that `--map` knows, and their usual names in other programs, the likeliest first.
const COLUMNS: &[(Column, &[&str])] = &[
    (Column::Username, &["username", "user_name", "user_login", "login", "user"]),
    (Column::FormerName, &["former_name"]),
    (Column::Email, &["email", "e-mail", "email_address", "user_email", "mail"]),
    (Column::EmailConfirmed, &["email_confirmed", "email_verified", "emailverified", "confirmed_email"]),
    (Column::Name, &["name", "display_name", "full_name", "fullname"]),
    (Column::FirstName, &["first_name"]),
    (Column::LastName, &["last_name"]),
    (Column::Password, &["password_hash", "password", "hash", "user_pass", "passwd", "pw_hash"]),
    (Column::Id, &["public_id", "uuid", "id", "user_id"]),
    (Column::Roles, &["roles", "role", "groups"]),
    (Column::Superuser, &["is_superuser", "is_admin"]),
    (Column::Staff, &["is_staff"]),
    (Column::Active, &["active", "is_active", "enabled"]),
    (Column::WaitsFor, &["waits_for"]),
    (Column::Created, &["created", "created_at", "date_joined", "user_registered", "registered"]),
    (Column::DeletesAt, &["deletes_at"]),
    (Column::Data, &["data"]),
];

/// The mapping of foreign columns.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    /// The mapping of `--map`: from a foreign name to a column, or to none if it is to be left out.
    mapped: Vec<(String, Option<Column>)>,
    /// Foreign columns that were found but not used.
    unused: BTreeSet<String>,
}

/// No more columns than this are reported as unused.
const MOST_UNUSED: usize = 20;

impl Columns {
    /// Reads `theirs=ours` of `--map`.
    ///
    /// # Errors
    /// When it has another form.
    pub(super) fn new(maps: &[String]) -> Result<Columns, Error> {
        let mut mapped = Vec::new();
        for map in maps {
            let (theirs, ours) = map.split_once('=').ok_or_else(|| {
                Error::Usage(format!("--map takes theirs=ours, such as login=username; {map:?} has no ="))
            })?;
            let column = match ours.trim() {
                "" => None,
                ours => Some(named(ours).ok_or_else(|| {
                    Error::Usage(format!(
                        "--map knows no column {ours:?}: use one of username, email, name, password_hash, id, roles, \
                         active, created, data, or nothing to leave theirs out"
                    ))
                })?),
            };
            mapped.push((folded(theirs), column));
        }
        Ok(Columns { mapped, unused: BTreeSet::new() })
    }

    /// The meanings of these columns, for a file that has the same columns in all rows.
    ///
    /// # Errors
    /// When no column says whose account it is, or `--map` names one that is not there.
    pub(super) fn heading(&mut self, names: &[String]) -> Result<Vec<Option<Column>>, String> {
        let all = || names.join(", ");
        for (theirs, _) in &self.mapped {
            if !names.iter().any(|name| folded(name) == *theirs) {
                return Err(format!("there is no column {theirs:?}, which --map names. There are: {}", all()));
            }
        }
        let chosen = self.choose(names.iter().map(String::as_str));
        if chosen.iter().flatten().any(|column| [Column::Username, Column::Email].contains(column)) {
            Ok(chosen)
        } else {
            Err(format!(
                "no column tells the username or the email. There are: {}. Say which it is, such as \
                 --map {}=username",
                all(),
                names.first().map_or("name", String::as_str)
            ))
        }
    }

    /// The meanings of these columns. If two have the same meaning, the likelier one is used.
    pub(super) fn choose<'a>(&mut self, names: impl Iterator<Item = &'a str>) -> Vec<Option<Column>> {
        let names: Vec<&str> = names.collect();
        let ranked: Vec<Option<(Column, usize)>> = names.iter().map(|name| self.rank(name)).collect();
        let is_best = |(column, rank): (Column, usize)| {
            ranked.iter().flatten().filter(|(other, _)| *other == column).all(|(_, other)| rank <= *other)
        };
        let chosen: Vec<Option<Column>> =
            ranked.iter().map(|ranked| ranked.filter(|ranked| is_best(*ranked)).map(|(column, _)| column)).collect();
        for (name, _) in names.iter().zip(&chosen).filter(|(_, column)| column.is_none()) {
            if self.unused.len() < MOST_UNUSED && !self.unused.contains(*name) {
                self.unused.insert((*name).to_owned());
            }
        }
        chosen
    }

    /// The foreign columns that were found but not used.
    pub(super) fn into_unused(self) -> Vec<String> {
        self.unused.into_iter().collect()
    }

    fn rank(&self, name: &str) -> Option<(Column, usize)> {
        let name = folded(name);
        if let Some((_, column)) = self.mapped.iter().find(|(theirs, _)| *theirs == name) {
            return column.map(|column| (column, 0));
        }
        COLUMNS
            .iter()
            .find_map(|(column, names)| names.iter().position(|known| *known == name).map(|place| (*column, place + 1)))
    }
}

fn named(ours: &str) -> Option<Column> {
    let ours = folded(ours);
    COLUMNS.iter().find(|(_, names)| names.contains(&ours.as_str())).map(|(column, _)| *column)
}

fn folded(name: &str) -> String {
    name.trim().to_lowercase().replace(' ', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(maps: &[&str], names: &[&str]) -> Vec<Option<Column>> {
        let maps: Vec<String> = maps.iter().map(|map| (*map).to_owned()).collect();
        Columns::new(&maps).unwrap().choose(names.iter().copied())
    }

    #[test]
    fn columns_are_known_by_the_names_that_others_give_them() {
        use Column::{Created, Email, Id, Name, Password, Username};
        assert_eq!(
            chosen(
                &[],
                &["ID", "user_login", "user_pass", "user_email", "user_registered", "user_url", "display_name"]
            ),
            [Some(Id), Some(Username), Some(Password), Some(Email), Some(Created), None, Some(Name)]
        );
        assert_eq!(chosen(&[], &["id", "public_id"]), [None, Some(Id)], "the likelier one");
        assert_eq!(chosen(&["who=username", "id="], &["Who", "id", "username"]), [Some(Username), None, None]);
    }

    #[test]
    fn a_wrong_map_says_what_to_write() {
        let wrong = |map: &str| Columns::new(&[map.to_owned()]).unwrap_err().to_string();
        assert!(wrong("login").contains("has no ="));
        assert!(wrong("login=nickname").contains("use one of username, email"));
        let mut columns = Columns::new(&["x=email".to_owned()]).unwrap();
        assert!(columns.heading(&["a".to_owned()]).unwrap_err().contains("no column \"x\""));
        let mut columns = Columns::default();
        assert!(columns.heading(&["a".to_owned()]).unwrap_err().contains("--map a=username"));
    }
}
