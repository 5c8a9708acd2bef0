//! What tests need: a real server with its own database, a client that shows every byte, and the command line.
#![allow(dead_code, reason = "each test binary uses its own part")]

pub mod client;
pub mod server;

pub use client::Client;
pub use server::Server;
