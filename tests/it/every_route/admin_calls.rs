//! The rows of the table for what programs of admins call. Whoever is no admin is refused, whatever they ask for.

use rocket::http::Method::{Delete, Get, Patch, Post, Put};

use super::Door::Token;
use super::Row;

#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    (Token, Get, "/api/v1/users?<query>&<role>&<waiting>&<state>&<after>&<limit>", "/api/v1/users", [401, 403, 200]),
    (Token, Get, "/api/v1/users/<id>", "/api/v1/users/x", [401, 403, 404]),
    (Token, Patch, "/api/v1/users/<id>", "/api/v1/users/x", [401, 403, 404]),
    (Token, Delete, "/api/v1/users/<id>", "/api/v1/users/x", [401, 403, 404]),
    (Token, Put, "/api/v1/users/<id>/roles/<role>", "/api/v1/users/x/roles/staff", [401, 403, 404]),
    (Token, Put, "/api/v1/users/<id>/approval", "/api/v1/users/x/approval", [401, 403, 404]),
    (Token, Delete, "/api/v1/users/<id>/approval", "/api/v1/users/x/approval", [401, 403, 404]),
    (Token, Post, "/api/v1/users/<id>/reset-link", "/api/v1/users/x/reset-link", [401, 403, 404]),
    (Token, Get, "/api/v1/audit?<event>&<user>&<address>&<from>&<until>&<after>&<limit>", "/api/v1/audit", [401, 403, 200]),
    (Token, Get, "/api/v1/overview", "/api/v1/overview", [401, 403, 200]),
    (Token, Get, "/api/v1/settings", "/api/v1/settings", [401, 403, 200]),
    (Token, Get, "/api/v1/invitations?<after>&<limit>", "/api/v1/invitations", [401, 403, 200]),
    (Token, Post, "/api/v1/invitations", "/api/v1/invitations", [401, 403, 201]),
    (Token, Delete, "/api/v1/invitations/<id>", "/api/v1/invitations/x", [401, 403, 404]),
    (Token, Delete, "/api/v1/users/<id>/roles/<role>", "/api/v1/users/x/roles/staff", [401, 403, 404]),
];
