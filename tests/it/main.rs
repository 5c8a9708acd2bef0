//! Tests through the front doors: the program as people, programs and operators meet it.

#[path = "../support/mod.rs"]
mod support;

mod api_origins;
mod audit;
mod cli;
mod clock;
mod config;
mod cookie_json;
mod cookies;
mod database_down;
mod documented;
mod durability;
mod errors;
mod every_route;
mod first_start;
mod foreign_hashes;
mod forms;
mod headers;
mod hosts;
mod listener;
mod log;
mod login;
mod logout;
mod lost_files;
mod newer_database;
mod openapi;
mod passlib;
mod release;
mod requests;
mod schemathesis;
mod seed_000;
mod seed_001;
mod seed_002;
mod seed_003;
mod seed_004;
mod session;
mod settings;
mod throttle;
mod throttle_weapon;
mod todo_cli;
mod todos;
mod todos_page;
mod tokens;
mod tokens_elsewhere;
mod users;
