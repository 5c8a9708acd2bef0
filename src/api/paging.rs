//! Paging: how many a list has on a page.

use rocket::form::{FromFormField, ValueField};

use super::error::Error;

/// How many per page: 1 to 100; 50 if omitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit(Option<i64>);

impl Limit {
    /// The number.
    ///
    /// # Errors
    /// 422 when it is out of range.
    pub fn get(self) -> Result<i64, Error> {
        match self.0 {
            Some(limit @ 1..=100) => Ok(limit),
            _ => Err(Error::invalid("limit", "This has to be a number from 1 to 100.")),
        }
    }
}

impl<'v> FromFormField<'v> for Limit {
    fn from_value(field: ValueField<'v>) -> rocket::form::Result<'v, Limit> {
        Ok(Limit(field.value.parse().ok()))
    }

    fn default() -> Option<Limit> {
        Some(Limit(Some(50)))
    }
}
