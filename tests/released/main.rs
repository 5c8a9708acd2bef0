//! What `scripts/release` has made: the program in a root with nothing else, as in a container, and the files beside it.
//! `scripts/release` runs this at its end; `cargo test` alone does not.

#[path = "../support/mod.rs"]
mod support;

mod files;
mod mail;
mod root;
mod serving;
