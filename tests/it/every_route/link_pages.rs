//! The rows of the table for the pages that one-time links lead to: without a link, everybody is refused alike.

use rocket::http::Method::{Get, Post};

use super::Door::Page;
use super::Row;

#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    (Page, Get, "/invite?<token>", "/invite", [403, 403, 403]),
    (Page, Get, "/reset?<token>", "/reset", [403, 403, 403]),
    (Page, Post, "/reset", "/reset", [403, 403, 403]),
    (Page, Get, "/email/confirm?<token>", "/email/confirm", [403, 403, 403]),
    (Page, Post, "/email/confirm", "/email/confirm", [403, 403, 403]),
    (Page, Get, "/email/undo?<token>", "/email/undo", [403, 403, 403]),
    (Page, Post, "/email/undo", "/email/undo", [403, 403, 403]),
    (Page, Get, "/not-me?<token>", "/not-me", [403, 403, 403]),
    (Page, Post, "/not-me", "/not-me", [403, 403, 403]),
    (Page, Get, "/setup?<token>", "/setup", [410, 410, 410]),
    (Page, Post, "/setup", "/setup", [410, 410, 410]),
];
