//! One table of who may do what. A route that it does not name fails the test, and so does a row without a route.

mod admin_calls;
mod admin_pages;
mod link_pages;
mod visitor;

use rocket::http::Method::{Delete, Get, Options, Patch, Post, Put};
use rocket::http::{Accept, Header, Method};

use crate::support::in_process;
use visitor::Visitor;

/// Who is at the door: a browser with its cookies, or a program.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Door {
    /// With the cookies of a login, wanting a page.
    Page,
    /// The same, wanting JSON.
    Json,
    /// With an access token and no cookie.
    Token,
}
use Door::{Json, Page, Token};

/// A door and a route; a path to try it with; the status for a stranger, a user and an admin. Bodies are empty.
type Row = (Door, Method, &'static str, &'static str, [u16; 3]);

#[rustfmt::skip]
const TABLE: &[Row] = &[
    (Page, Get, "/", "/", [303, 200, 200]),
    (Page, Get, "/login?<next>&<cookies>", "/login", [200, 303, 303]),
    (Page, Post, "/login", "/login", [422, 422, 422]),
    (Page, Get, "/signup?<next>", "/signup", [403, 303, 303]),
    (Page, Post, "/signup", "/signup", [403, 403, 403]),
    (Page, Get, "/forgot", "/forgot", [200, 200, 200]),
    (Page, Post, "/forgot", "/forgot", [403, 403, 403]),
    (Page, Get, "/captcha/<id>/picture", "/captcha/x/picture", [404, 404, 404]),
    (Page, Get, "/captcha/<id>/sound", "/captcha/x/sound", [404, 404, 404]),
    (Page, Get, "/logout", "/logout", [303, 200, 200]),
    (Page, Post, "/logout", "/logout", [303, 303, 303]),
    (Page, Get, "/confirm?<next>", "/confirm", [303, 303, 303]),
    (Page, Post, "/confirm", "/confirm", [303, 403, 403]),
    (Page, Get, "/account", "/account", [303, 200, 200]),
    (Page, Get, "/account/name", "/account/name", [303, 200, 200]),
    (Page, Post, "/account/name", "/account/name", [303, 403, 403]),
    (Page, Get, "/account/email", "/account/email", [303, 200, 200]),
    (Page, Post, "/account/email", "/account/email", [303, 403, 403]),
    (Page, Post, "/account/email/confirm", "/account/email/confirm", [303, 403, 403]),
    (Page, Post, "/account/email/cancel", "/account/email/cancel", [303, 403, 403]),
    (Page, Get, "/account/password", "/account/password", [303, 200, 200]),
    (Page, Post, "/account/password", "/account/password", [303, 403, 403]),
    (Page, Get, "/account/sessions", "/account/sessions", [303, 200, 200]),
    (Page, Post, "/account/sessions/end-others", "/account/sessions/end-others", [303, 403, 403]),
    (Page, Post, "/account/sessions/<id>/end", "/account/sessions/x/end", [303, 403, 403]),
    (Page, Get, "/account/activity?<after>", "/account/activity", [303, 200, 200]),
    (Page, Get, "/account/export", "/account/export", [303, 200, 200]),
    (Page, Get, "/account/delete", "/account/delete", [303, 200, 200]),
    (Page, Post, "/account/delete", "/account/delete", [303, 403, 403]),
    (Page, Get, "/.well-known/security.txt", "/.well-known/security.txt", [404, 404, 404]),
    (Page, Get, "/.well-known/change-password", "/.well-known/change-password", [303, 303, 303]),
    (Page, Get, "/todos?<show>&<order>&<after>", "/todos", [303, 200, 200]),
    (Page, Get, "/todos/new", "/todos/new", [303, 200, 200]),
    (Page, Post, "/todos", "/todos", [303, 403, 403]),
    (Page, Get, "/todos/<id>/edit?<next>", "/todos/x/edit", [303, 404, 404]),
    (Page, Get, "/todos/<id>", "/todos/x", [303, 303, 303]),
    (Page, Post, "/todos/<id>", "/todos/x", [303, 403, 403]),
    (Page, Get, "/todos/<id>/delete?<next>", "/todos/x/delete", [303, 404, 404]),
    (Page, Post, "/todos/<id>/delete", "/todos/x/delete", [303, 403, 403]),
    (Page, Get, "/todos/<_>/done", "/todos/x/done", [303, 303, 303]),
    (Page, Get, "/todos/<_>/undone", "/todos/x/undone", [303, 303, 303]),
    (Page, Post, "/todos/<id>/done", "/todos/x/done", [303, 403, 403]),
    (Page, Post, "/todos/<id>/undone", "/todos/x/undone", [303, 403, 403]),
    (Page, Get, "/static/<hash>/<file>", "/static/0/style.css", [404, 404, 404]),
    (Page, Get, "/favicon.ico", "/favicon.ico", [303, 303, 303]),
    (Page, Get, "/robots.txt", "/robots.txt", [200, 200, 200]),
    (Page, Get, "/.refused", "/.refused", [404, 404, 404]),
    (Page, Get, "/.reached", "/.reached", [404, 404, 404]),
    (Page, Get, "/api", "/api", [200, 200, 200]),
    (Json, Get, "/", "/", [401, 200, 200]),
    (Json, Options, "/", "/", [204, 204, 204]),
    (Json, Post, "/login", "/login", [400, 400, 400]),
    (Json, Options, "/login", "/login", [204, 204, 204]),
    (Json, Get, "/logout", "/logout", [200, 200, 200]),
    (Json, Post, "/logout", "/logout", [200, 200, 200]),
    (Json, Options, "/logout", "/logout", [204, 204, 204]),
    (Token, Get, "/.well-known/jwks.json", "/.well-known/jwks.json", [200, 200, 200]),
    (Token, Get, "/healthz", "/healthz", [200, 200, 200]),
    (Token, Get, "/readyz", "/readyz", [200, 200, 200]),
    (Token, Get, "/.well-known/oauth-authorization-server", "/.well-known/oauth-authorization-server", [200, 200, 200]),
    (Token, Get, "/api/v1/openapi.json", "/api/v1/openapi.json", [200, 200, 200]),
    (Token, Options, "/api/<_..>", "/api/v1/me", [204, 204, 204]),
    (Token, Post, "/api/v1/tokens", "/api/v1/tokens", [422, 422, 422]),
    (Token, Post, "/api/v1/tokens/refresh", "/api/v1/tokens/refresh", [422, 422, 422]),
    (Token, Post, "/api/v1/tokens/revoke", "/api/v1/tokens/revoke", [400, 400, 400]),
    (Token, Post, "/api/v1/password-resets", "/api/v1/password-resets", [422, 422, 422]),
    (Token, Delete, "/api/v1/tokens/current", "/api/v1/tokens/current", [401, 204, 204]),
    (Token, Get, "/api/v1/session", "/api/v1/session", [401, 200, 200]),
    (Token, Get, "/api/v1/me", "/api/v1/me", [401, 200, 200]),
    (Token, Patch, "/api/v1/me", "/api/v1/me", [401, 200, 200]),
    (Token, Get, "/api/v1/me/email-change", "/api/v1/me/email-change", [401, 404, 404]),
    (Token, Post, "/api/v1/me/email-change", "/api/v1/me/email-change", [401, 409, 409]),
    (Token, Delete, "/api/v1/me/email-change", "/api/v1/me/email-change", [401, 204, 204]),
    (Token, Post, "/api/v1/me/deletion", "/api/v1/me/deletion", [401, 422, 422]),
    (Token, Put, "/api/v1/me/password", "/api/v1/me/password", [401, 422, 422]),
    (Token, Get, "/api/v1/me/data", "/api/v1/me/data", [401, 404, 404]),
    (Token, Put, "/api/v1/me/data", "/api/v1/me/data", [401, 200, 200]),
    (Token, Delete, "/api/v1/me/data", "/api/v1/me/data", [401, 204, 204]),
    (Token, Get, "/api/v1/me/sessions", "/api/v1/me/sessions", [401, 200, 200]),
    (Token, Get, "/api/v1/me/activity?<after>&<limit>", "/api/v1/me/activity", [401, 200, 200]),
    (Token, Get, "/api/v1/me/export", "/api/v1/me/export", [401, 200, 200]),
    (Token, Delete, "/api/v1/me/sessions", "/api/v1/me/sessions", [401, 204, 204]),
    (Token, Delete, "/api/v1/me/sessions/<id>", "/api/v1/me/sessions/x", [401, 404, 404]),
    (Token, Get, "/api/v1/todos?<sort>&<order>&<done>&<after>&<limit>", "/api/v1/todos", [401, 200, 200]),
    (Token, Post, "/api/v1/todos", "/api/v1/todos", [401, 422, 422]),
    (Token, Get, "/api/v1/todos/<id>", "/api/v1/todos/x", [401, 404, 404]),
    (Token, Put, "/api/v1/todos/<id>", "/api/v1/todos/x", [401, 422, 422]),
    (Token, Patch, "/api/v1/todos/<id>", "/api/v1/todos/x", [401, 404, 404]),
    (Token, Delete, "/api/v1/todos/<id>", "/api/v1/todos/x", [401, 404, 404]),
    (Token, Put, "/api/v1/todos/<id>/done", "/api/v1/todos/x/done", [401, 403, 404]),
    (Token, Delete, "/api/v1/todos/<id>/done", "/api/v1/todos/x/done", [401, 403, 404]),
    (Token, Post, "/api/v1/users", "/api/v1/users", [403, 403, 422]),
];

/// The rows of the table, with those of the pages of admins first: some of the others end the session.
fn table() -> impl Iterator<Item = &'static Row> {
    admin_pages::TABLE.iter().chain(link_pages::TABLE).chain(admin_calls::TABLE).chain(TABLE)
}

#[test]
fn the_table_names_every_route_and_nothing_else() {
    let visitor = Visitor::new("stranger");
    let routes = visitor.client.rocket().routes();
    let mut routes: Vec<String> = routes.map(|route| format!("{} {}", route.method, route.uri)).collect();
    let mut table: Vec<String> = table().map(|(_, method, route, ..)| format!("{method} {route}")).collect();
    routes.sort();
    table.sort();
    assert_eq!(routes, table);
}

#[test]
fn everyone_may_do_what_the_table_says() {
    for (place, who) in ["stranger", "user", "admin"].iter().enumerate() {
        let mut visitor = Visitor::new(who);
        for row in table() {
            let status = visitor.status(row, &[]);
            assert_eq!(status, row.4[place], "{who}: {row:?}");
            // Some end the session.
            if row.2.contains("logout") || row.2.contains("tokens/current") {
                visitor = Visitor::new(who);
            }
        }
    }
}

#[test]
fn a_token_is_not_a_session_and_a_session_is_no_token() {
    let mut admin = Visitor::new("admin");
    let token = admin.token.take();
    for row in table().filter(|row| row.0 == Token && row.4[0] == 401) {
        // The one call that takes either.
        let status = if row.2 == "/api/v1/session" { 200 } else { 401 };
        assert_eq!(admin.status(row, &[]), status, "with the cookies of an admin: {row:?}");
    }
    let stranger = Visitor::new("stranger");
    let bearer = Header::new("Authorization", format!("Bearer {}", token.unwrap()));
    let home = in_process::send(stranger.client.get("/").header(Accept::HTML).header(bearer));
    assert_eq!(home.status().code, 303);
}

#[test]
fn every_unsafe_route_refuses_another_site() {
    for who in ["stranger", "user", "admin"] {
        let mut visitor = Visitor::new(who);
        // Another site can make a browser send its cookies, but no token.
        visitor.token = None;
        let home = if who == "stranger" { 303 } else { 200 };
        for row in table().filter(|(_, method, ..)| !matches!(method, Get | Options)) {
            for headers in [
                [("Sec-Fetch-Site", "cross-site")],
                [("Sec-Fetch-Site", "same-site")],
                [("Origin", "https://evil.example")],
                [("Origin", "http://127.0.0.1:8001")],
                [("Origin", "null")],
            ] {
                let status = visitor.status(row, &headers);
                // What needs an access token is refused for the lack of it.
                let refusal = if row.0 == Token && row.4[0] == 401 { 401 } else { 403 };
                assert_eq!(status, refusal, "{who}: {row:?}: {headers:?}");
            }
        }
        assert_eq!(visitor.status(&TABLE[0], &[]), home, "{who} is who they were");
    }
}

/// What makes changes that don't count: it ends sessions, takes an account back, or manages others, as every page of
/// admins does.
#[rustfmt::skip]
const UNCOUNTED: &[(Method, &str)] = &[
    (Post, "/confirm"),
    (Post, "/account/password"),
    (Post, "/account/sessions/end-others"),
    (Post, "/account/sessions/<id>/end"),
    (Delete, "/api/v1/me/sessions"),
    (Put, "/api/v1/me/password"),
    (Delete, "/api/v1/me/sessions/<id>"),
    (Patch, "/api/v1/users/<id>"),
    (Delete, "/api/v1/users/<id>"),
    (Put, "/api/v1/users/<id>/roles/<role>"),
    (Delete, "/api/v1/users/<id>/roles/<role>"),
    (Put, "/api/v1/users/<id>/approval"),
    (Delete, "/api/v1/users/<id>/approval"),
    (Post, "/api/v1/users/<id>/reset-link"),
    (Post, "/api/v1/invitations"),
    (Delete, "/api/v1/invitations/<id>"),
    (Delete, "/api/v1/tokens/current"),
];

#[test]
fn every_change_of_someone_signed_in_counts_but_those() {
    let admin = Visitor::at("admin", in_process::seeded_with_writes(1));
    let needs_login = |row: &Row| matches!((row.0, row.4[0]), (Page, 303) | (Token, 401)) && row.2 != "/logout";
    let changes = table().filter(|row| !matches!(row.1, Get | Options) && needs_login(row));
    let is_uncounted = |row: &&Row| UNCOUNTED.contains(&(row.1, row.2)) || row.2.starts_with("/admin");
    let (mut uncounted, counted): (Vec<_>, Vec<_>) = changes.partition(is_uncounted);
    assert_eq!(admin.status(counted[0], &[]), counted[0].4[2], "the one that it has");
    for row in counted {
        assert_eq!(admin.status(row, &[]), 429, "{row:?}");
    }
    let of_admins = admin_pages::TABLE.iter().filter(|row| row.1 == Post).count();
    assert_eq!(uncounted.len(), UNCOUNTED.len() + of_admins);
    assert_eq!(admin.status(&TABLE[0], &[]), 200, "reading doesn't count");
    // One ends the session of the cookies, and the last one that of the token.
    uncounted.sort_by_key(|row| (row.2.contains("tokens/current"), row.2 == "/api/v1/me/sessions"));
    for row in uncounted {
        assert_eq!(admin.status(row, &[]), row.4[2], "{row:?}");
    }
}
