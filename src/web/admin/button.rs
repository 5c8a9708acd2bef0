//! A button of an admin's page: all that it sends is where to go back to.

use crate::http::local_path::LocalPath;
use crate::web::form::{ActsAsSession, Fields, PostedForm};
use crate::web::see_other::SeeOther;

/// What a button sends.
#[derive(Debug)]
pub struct Button {
    next: Option<LocalPath>,
}

impl Button {
    /// Where it stood, if it says.
    pub fn next(&self) -> Option<&str> {
        self.next.as_ref().map(LocalPath::as_str)
    }

    /// To where the button stood, or to this page.
    pub fn back_or(self, page: &str) -> SeeOther {
        SeeOther::at(self.next.or_else(|| LocalPath::parse(page)).unwrap_or_else(LocalPath::home))
    }
}

impl PostedForm for Button {
    const FIELDS: &'static [&'static str] = &["next"];

    fn read(fields: &mut Fields) -> Button {
        Button { next: fields.take("next").as_deref().and_then(LocalPath::parse) }
    }
}

/// It stands on the page of its own address, too, where it is asked for once more.
impl ActsAsSession for Button {
    const KEPT: &'static [&'static str] = &["next"];
}
