//! JSON for programs.

pub mod error;
