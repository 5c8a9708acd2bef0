//! A configuration that can't be started with.

/// Why the start stops; the text names the key.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Invalid(pub String);
