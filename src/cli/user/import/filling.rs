//! A row, filled column by column.

use serde_json::Value;

use super::columns::Column;
use crate::accounts::user::import::Row;

/// A row that is being filled.
#[derive(Debug, Default)]
pub(super) struct Filling {
    row: Row,
    first_name: Option<String>,
    last_name: Option<String>,
}

impl Filling {
    /// A row at this line.
    pub(super) fn at(line: u64) -> Filling {
        Filling { row: Row { line, ..Row::default() }, ..Filling::default() }
    }

    /// Sets a column from a text. `data` is JSON as text, or else the text itself.
    pub(super) fn text(&mut self, column: Column, text: String) {
        if text.is_empty() {
            // Programs that write when an address was confirmed leave this empty for one that was not.
            if column == Column::EmailConfirmed {
                self.row.email_confirmed = Some(text);
            }
            return;
        }
        match column {
            Column::Data => self.row.data = Some(serde_json::from_str(&text).unwrap_or(Value::String(text))),
            Column::Roles if text.starts_with('[') => match serde_json::from_str(&text) {
                Ok(Value::Array(roles)) => self.roles(&roles),
                _ => self.row.roles.push(text),
            },
            Column::Roles => self.row.roles.extend(text.split([',', ';', '|']).map(str::to_owned)),
            Column::Superuser => self.role_if(&text, "admin"),
            Column::Staff => self.role_if(&text, "staff"),
            _ => *self.field(column) = Some(text),
        }
    }

    /// Sets a column from a JSON value. False if the column can't have such a value.
    pub(super) fn value(&mut self, column: Column, value: Value) -> bool {
        match (column, value) {
            (Column::Data, value) => self.row.data = Some(value),
            (Column::EmailConfirmed, Value::Null) => self.text(column, String::new()),
            (_, Value::Null) => {}
            (Column::Roles, Value::Array(roles)) => self.roles(&roles),
            (column, Value::String(text)) => self.text(column, text),
            (column, value @ (Value::Bool(_) | Value::Number(_))) => self.text(column, value.to_string()),
            (_, Value::Array(_) | Value::Object(_)) => return false,
        }
        true
    }

    /// Adds a role.
    pub(super) fn role(&mut self, role: &str) {
        self.row.roles.push(role.to_owned());
    }

    /// The finished row. Without a full name, one is made of its parts.
    pub(super) fn done(mut self) -> Row {
        if self.row.name.is_none() {
            let parts: Vec<String> = [self.first_name, self.last_name].into_iter().flatten().collect();
            self.row.name = Some(parts.join(" ")).filter(|name| !name.is_empty());
        }
        self.row
    }

    fn roles(&mut self, roles: &[Value]) {
        let text = |role: &Value| role.as_str().map_or_else(|| role.to_string(), str::to_owned);
        self.row.roles.extend(roles.iter().map(text));
    }

    fn role_if(&mut self, text: &str, role: &str) {
        if ["1", "true", "t", "yes", "y"].contains(&text.to_ascii_lowercase().as_str()) {
            self.role(role);
        }
    }

    fn field(&mut self, column: Column) -> &mut Option<String> {
        let row = &mut self.row;
        match column {
            Column::FormerName => &mut row.former_name,
            Column::Email => &mut row.email,
            Column::EmailConfirmed => &mut row.email_confirmed,
            Column::Name => &mut row.name,
            Column::FirstName => &mut self.first_name,
            Column::LastName => &mut self.last_name,
            Column::Password => &mut row.password,
            Column::Id => &mut row.id,
            Column::Active => &mut row.active,
            Column::WaitsFor => &mut row.waits_for,
            Column::Created => &mut row.created,
            Column::DeletesAt => &mut row.deletes_at,
            // The other columns have been set already.
            Column::Username | Column::Roles | Column::Superuser | Column::Staff | Column::Data => &mut row.username,
        }
    }
}
