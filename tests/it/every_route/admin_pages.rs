//! The rows of the table for the pages of admins. Whoever is logged in and no admin is refused, whatever they ask for;
//! an admin's form without the token of its session is, too.

use rocket::http::Method::{Get, Post};

use super::Door::Page;
use super::Row;

#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    (Page, Get, "/admin", "/admin", [303, 403, 200]),
    (Page, Get, "/admin/audit?<after>&<filters..>", "/admin/audit", [303, 403, 200]),
    (Page, Get, "/admin/audit.csv?<filters..>", "/admin/audit.csv", [303, 403, 200]),
    (Page, Get, "/admin/audit.jsonl?<filters..>", "/admin/audit.jsonl", [303, 403, 200]),
    (Page, Get, "/admin/settings", "/admin/settings", [303, 403, 200]),
    (Page, Get, "/admin/users?<start>&<role>&<state>&<after>", "/admin/users", [303, 403, 200]),
    (Page, Get, "/admin/users/<id>", "/admin/users/x", [303, 403, 404]),
    (Page, Get, "/admin/users/<id>/edit", "/admin/users/x/edit", [303, 403, 404]),
    (Page, Post, "/admin/users/<id>/edit", "/admin/users/x/edit", [303, 403, 403]),
    (Page, Get, "/admin/users/<id>/approve", "/admin/users/x/approve", [303, 403, 404]),
    (Page, Post, "/admin/users/<id>/approve", "/admin/users/x/approve", [303, 403, 403]),
    (Page, Get, "/admin/users/<id>/reject", "/admin/users/x/reject", [303, 403, 404]),
    (Page, Post, "/admin/users/<id>/reject", "/admin/users/x/reject", [303, 403, 403]),
    (Page, Get, "/admin/users/<id>/disable", "/admin/users/x/disable", [303, 403, 404]),
    (Page, Post, "/admin/users/<id>/disable", "/admin/users/x/disable", [303, 403, 403]),
    (Page, Get, "/admin/users/<id>/enable", "/admin/users/x/enable", [303, 403, 404]),
    (Page, Post, "/admin/users/<id>/enable", "/admin/users/x/enable", [303, 403, 403]),
    (Page, Get, "/admin/users/<id>/end-sessions", "/admin/users/x/end-sessions", [303, 403, 404]),
    (Page, Post, "/admin/users/<id>/end-sessions", "/admin/users/x/end-sessions", [303, 403, 403]),
    (Page, Get, "/admin/users/<id>/reset-link", "/admin/users/x/reset-link", [303, 403, 404]),
    (Page, Post, "/admin/users/<id>/reset-link", "/admin/users/x/reset-link", [303, 403, 403]),
    (Page, Get, "/admin/users/<id>/lift-throttle", "/admin/users/x/lift-throttle", [303, 403, 404]),
    (Page, Post, "/admin/users/<id>/lift-throttle", "/admin/users/x/lift-throttle", [303, 403, 403]),
    (Page, Get, "/admin/users/<id>/delete", "/admin/users/x/delete", [303, 403, 404]),
    (Page, Post, "/admin/users/<id>/delete", "/admin/users/x/delete", [303, 403, 403]),
    (Page, Get, "/admin/sessions?<whose>&<after>", "/admin/sessions", [303, 403, 200]),
    (Page, Get, "/admin/sessions/<id>/end?<next>", "/admin/sessions/x/end", [303, 403, 404]),
    (Page, Post, "/admin/sessions/<id>/end", "/admin/sessions/x/end", [303, 403, 403]),
    (Page, Get, "/admin/invitations?<after>", "/admin/invitations", [303, 403, 200]),
    (Page, Get, "/admin/invitations/new", "/admin/invitations/new", [303, 403, 200]),
    (Page, Post, "/admin/invitations/new", "/admin/invitations/new", [303, 403, 403]),
    (Page, Get, "/admin/invitations/<id>/revoke", "/admin/invitations/x/revoke", [303, 403, 404]),
    (Page, Post, "/admin/invitations/<id>/revoke", "/admin/invitations/x/revoke", [303, 403, 403]),
];
