//! Vestibule: a small login server. This page is its table of contents, from the ground floor up; a floor
//! imports those below it only (`tests/architecture/` checks that).
#![forbid(unsafe_code)]
#![warn(missing_docs)]

// Floor 0: one outside thing each.
pub mod config;
pub mod db;
pub mod mail;
pub mod metrics;
pub mod notation;
pub mod texts;

// Floor 1: what the program knows. Never HTTP.
pub mod accounts;
pub mod backup;
pub mod check;
pub mod export;
pub mod home;
pub mod todos;

// Floor 2: what both doors share.
pub mod http;

// Floor 3: pages, and JSON. They don't know each other.
pub mod api;
pub mod web;

// Floor 4: Rocket, assembled.
pub mod server;

// Floor 5: the command line.
pub mod cli;
