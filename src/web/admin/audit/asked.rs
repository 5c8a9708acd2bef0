//! Which part of the audit an address is of.

use rocket::FromForm;
use serde::Serialize;

use crate::accounts::audit::filter::Asked;

/// The list.
pub(super) const LIST: &str = "/admin/audit";

/// The filters of a page, as they were typed.
#[derive(Debug, Clone, Default, FromForm, Serialize)]
pub(super) struct Filters {
    event: Option<String>,
    user: Option<String>,
    address: Option<String>,
    from: Option<String>,
    until: Option<String>,
}

impl Filters {
    pub fn asked(&self) -> Asked {
        let Filters { event, user, address, from, until } = self.clone();
        Asked { event, user, address, from, until }
    }

    /// The chosen event.
    pub fn event(&self) -> &str {
        self.event.as_deref().unwrap_or_default()
    }

    /// Whether anything is left out.
    pub fn are_set(&self) -> bool {
        self.said().next().is_some()
    }

    /// This part of the audit at a path, from after a place on.
    pub fn at(&self, path: &str, after: Option<&str>) -> String {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(self.said().chain(after.map(|after| ("after", after))))
            .finish();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    fn said(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let all = [
            ("event", &self.event),
            ("user", &self.user),
            ("address", &self.address),
            ("from", &self.from),
            ("until", &self.until),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value.as_deref().filter(|value| !value.is_empty())?)))
    }
}
