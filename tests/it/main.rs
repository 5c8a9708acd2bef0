//! Tests through the front doors: the program as people, programs and operators meet it.

#[path = "../support/mod.rs"]
mod support;

mod login;
mod logout;
mod seed_002;
mod throttle;
mod session;
