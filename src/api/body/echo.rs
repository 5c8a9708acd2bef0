//! Read-only members of a document that are sent back with the others. A client may read a document, change a member
//! and send all of it back; that is no error as long as the read-only members are unchanged.

use serde::Serialize;
use serde_json::Value;

use super::Draft;
use crate::api::error::Error;

/// The read-only members of a body.
#[derive(Debug, Default)]
pub struct Echo(Vec<(String, Value)>);

impl Echo {
    /// Takes the members with these names out of the draft.
    pub fn read(draft: &mut Draft, names: &[&str]) -> Echo {
        Echo(names.iter().filter_map(|name| Some(((*name).to_owned(), draft.raw(name)?))).collect())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names of the members that differ from the document.
    pub fn changed(&self, document: &impl Serialize) -> Vec<&str> {
        let document = serde_json::to_value(document).unwrap_or_default();
        let differs = |(name, value): &&(String, Value)| document.get(name) != Some(value);
        self.0.iter().filter(differs).map(|(name, _)| name.as_str()).collect()
    }

    /// Refuses members that differ from the document.
    ///
    /// # Errors
    /// 422, which names each of them.
    pub fn check(&self, document: &impl Serialize) -> Result<(), Error> {
        match self.changed(document).as_slice() {
            [] => Ok(()),
            changed => {
                Err(Error::all_invalid(changed, "This can't be changed here: send it as it was, or leave it out."))
            }
        }
    }
}
