//! Whatever reads the outside, against input that is made up for it: it must not panic, must not keep memory, and
//! what it lets through has to be what it promises. A file for each reader.
//!
//! With the other tests each runs for two seconds. `scripts/fuzz` gives each two minutes and a process of its own.

#[path = "../support/mod.rs"]
mod support;

mod accept;
mod conditions;
mod cookie;
mod display_name;
mod email;
mod form;
mod forwarded_for;
mod head;
mod host;
mod inputs;
mod json;
mod multipart;
mod next;
mod run;
mod stored_hash;
mod todo;
mod token;
mod username;
mod wire;
