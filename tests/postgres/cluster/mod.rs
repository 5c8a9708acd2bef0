//! Three nodes on one database behind nginx, with the configuration of `docs/deploy`, while people log in.

mod load;
mod nginx;
mod nodes;

pub use load::Load;
