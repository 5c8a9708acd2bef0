//! Tests through the front doors: the program as people, programs and operators meet it.

#[path = "../support/mod.rs"]
mod support;

mod cookies;
mod database_down;
mod durability;
mod errors;
mod every_route;
mod forms;
mod headers;
mod hosts;
mod foreign_hashes;
mod login;
mod logout;
mod requests;
mod seed_002;
mod throttle;
mod session;
