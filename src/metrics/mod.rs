//! Numbers that are counted while the server runs, and the text in which Prometheus reads them.
//!
//! Counting takes no lock and allocates nothing. What is known anyway, such as the length of a queue, is looked at when
//! somebody reads.

mod counter;
mod histogram;
mod page;

pub use counter::Counter;
pub use histogram::Histogram;
pub use page::{Family, Page};
