//! The catalogue of texts: what pages, errors and letters say, in Fluent, under keys that begin with their feature
//! (`templates/texts/en/<feature>.ftl`).
//!
//! Templates name a text by its key, and get it when they are loaded ([`Catalogue::expand`]). Code names one as a
//! [`Message`], which is said when it is shown ([`Catalogue::say`]).
//!
//! There is one language. For another one, `web::renderer` would choose the catalogue: it is where pages get theirs.

mod catalogue;
mod change;
mod compiled;
mod dates;
mod expand;
mod in_english;
mod message;
mod numbers;
mod pattern;
mod plural;
mod said;
mod source;
mod tags;
mod templates;

pub use catalogue::Catalogue;
pub use expand::Format;
pub use message::{Given, Message, Worded};
pub use said::{day, moment, number};
