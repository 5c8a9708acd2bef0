//! The rows of the table for the pages that one-time links lead to, where without a link everybody is refused alike, and for
//! those that say that one may be on its way.

use rocket::http::Method::{Get, Post};

use super::Door::Page;
use super::Row;

#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    (Page, Get, "/forgot/sent", "/forgot/sent", [200, 200, 200]),
    (Page, Get, "/signup/sent", "/signup/sent", [200, 200, 200]),
    (Page, Get, "/invite?<token>", "/invite", [403, 403, 403]),
    (Page, Get, "/reset?<token>", "/reset", [403, 403, 403]),
    (Page, Post, "/reset", "/reset", [403, 403, 403]),
    (Page, Get, "/signup/confirm?<token>", "/signup/confirm", [403, 403, 403]),
    (Page, Post, "/signup/confirm", "/signup/confirm", [403, 403, 403]),
    (Page, Get, "/email/confirm?<token>", "/email/confirm", [403, 403, 403]),
    (Page, Post, "/email/confirm", "/email/confirm", [403, 403, 403]),
    (Page, Get, "/email/undo?<token>", "/email/undo", [403, 403, 403]),
    (Page, Post, "/email/undo", "/email/undo", [403, 403, 403]),
    (Page, Get, "/not-me?<token>", "/not-me", [403, 403, 403]),
    (Page, Post, "/not-me", "/not-me", [403, 403, 403]),
    (Page, Get, "/setup?<token>", "/setup", [410, 410, 410]),
    (Page, Post, "/setup", "/setup", [410, 410, 410]),
];
