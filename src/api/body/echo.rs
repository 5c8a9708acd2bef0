//! Members of a document that can't be changed, sent back with those that can: whoever reads a document, changes a
//! member and sends all of it back means no harm by the others.

use serde::Serialize;
use serde_json::Value;

use super::Draft;
use crate::api::error::Error;

/// The members of a body that only repeat what was read.
#[derive(Debug, Default)]
pub struct Echo(Vec<(String, Value)>);

impl Echo {
    /// Takes them out of the draft.
    pub fn read(draft: &mut Draft, names: &[&str]) -> Echo {
        Echo(names.iter().filter_map(|name| Some(((*name).to_owned(), draft.raw(name)?))).collect())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names of those that are not as they are in the document.
    pub fn changed(&self, document: &impl Serialize) -> Vec<&str> {
        let document = serde_json::to_value(document).unwrap_or_default();
        let differs = |(name, value): &&(String, Value)| document.get(name) != Some(value);
        self.0.iter().filter(differs).map(|(name, _)| name.as_str()).collect()
    }

    /// Refuses what is not as it is in the document.
    ///
    /// # Errors
    /// 422, which names each.
    pub fn check(&self, document: &impl Serialize) -> Result<(), Error> {
        match self.changed(document).as_slice() {
            [] => Ok(()),
            changed => {
                Err(Error::all_invalid(changed, "This can't be changed here: send it as it was, or leave it out."))
            }
        }
    }
}
