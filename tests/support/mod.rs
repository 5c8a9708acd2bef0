//! What tests need: a real server with its own database, a client that shows every byte, and the command line.
#![allow(dead_code, unused_imports, reason = "each test binary uses its own part")]

pub mod backups;
pub mod brands;
pub mod captcha;
pub mod certificates;
pub mod client;
pub mod commands;
pub mod database;
pub mod in_process;
pub mod killing;
pub mod links;
pub mod mounts;
pub mod nginx;
pub mod nodes;
pub mod people;
pub mod postgres;
pub mod postgres_by_hand;
pub mod python;
pub mod refusals;
pub mod running;
pub mod server;
pub mod sign_up;
pub mod smtp;
pub mod terminal;
pub mod unread;
pub mod waiting;

pub use client::{Client, HeldBack, Reply};
pub use commands::Output;
pub use database::Connection;
pub use killing::kill_within;
pub use links::path_of;
pub use people::{GOOD_PASSWORD, has_open};
pub use server::Server;
pub use smtp::{MailServer, Taken};
pub use waiting::wait_for;
