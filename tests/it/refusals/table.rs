//! The table of refusals: what each leaves in the audit.

use serde_json::json;

use super::Scene;
use crate::support::{Client, Reply};

/// What a request was refused for: the row that it leaves, and the request, which is told its own address.
pub struct Refused {
    pub event: &'static str,
    pub actor: Option<&'static str>,
    pub target: Option<&'static str>,
    pub detail: &'static str,
    pub status: u16,
    pub send: fn(&Scene, Client) -> Reply,
}

pub const REFUSED: &[Refused] = &[
    Refused {
        event: "request.refused",
        actor: Some("python"),
        target: None,
        detail: "POST /todos without the token of its session",
        status: 403,
        send: |scene, client| scene.act(client).post("/todos", &[("csrf", "x"), ("title", "A"), ("due", "2030-01-31")]),
    },
    Refused {
        event: "request.refused",
        actor: Some("python"),
        target: None,
        detail: "POST /todos from another site",
        status: 403,
        send: |scene, client| {
            scene.act(client).with("Sec-Fetch-Site", "cross-site").post("/todos", &[("csrf", &scene.csrf)])
        },
    },
    Refused {
        event: "request.refused",
        actor: None,
        target: None,
        detail: "POST /api/v1/tokens from another site",
        status: 403,
        send: |_, client| {
            client.with("Sec-Fetch-Site", "cross-site").call(
                "POST",
                "/api/v1/tokens",
                &json!({ "login": "roy", "password": "roy" }),
            )
        },
    },
    Refused {
        event: "request.refused",
        actor: None,
        target: None,
        detail: "POST /api/v1/users while signing up is closed",
        status: 403,
        send: |_, mut client| client.call("POST", "/api/v1/users", &json!({ "username": "zoe" })),
    },
    Refused {
        event: "access.denied",
        actor: Some("python"),
        target: None,
        detail: "POST /todos/<id>/done for admins only",
        status: 403,
        send: |scene, client| scene.act(client).post("/todos/x/done", &[("csrf", &scene.csrf)]),
    },
    Refused {
        event: "access.denied",
        actor: Some("python"),
        target: None,
        detail: "GET /api/v1/users for admins only",
        status: 403,
        send: |scene, client| client.bearing(&scene.token).get("/api/v1/users?query=secret"),
    },
    Refused {
        event: "access.denied",
        actor: Some("python"),
        target: None,
        detail: "PUT /api/v1/users/<id>/roles/<role> for admins only",
        status: 403,
        send: |scene, client| client.bearing(&scene.token).bare("PUT", "/api/v1/users/me/roles/admin"),
    },
    Refused {
        event: "access.denied",
        actor: Some("python"),
        target: None,
        detail: "PATCH /api/v1/me with a role for oneself",
        status: 422,
        send: |scene, client| {
            client.bearing(&scene.token).call("PATCH", "/api/v1/me", &json!({ "name": "P", "roles": ["admin"] }))
        },
    },
    Refused {
        event: "token.refused",
        actor: None,
        target: None,
        detail: "GET /api/v1/me with an access token that no key of ours has signed",
        status: 401,
        send: |scene, client| client.bearing(&forged(&scene.token)).get("/api/v1/me"),
    },
    Refused {
        event: "token.refused",
        actor: None,
        target: None,
        detail: "GET /api/v1/me with an access token that no key of ours has signed",
        status: 401,
        send: |_, client| client.with("x-access-token", "marker-no-token").get("/api/v1/me"),
    },
    Refused {
        event: "token.refused",
        actor: None,
        target: Some("roy"),
        detail: "GET /api/v1/me with an access token whose session was ended",
        status: 401,
        send: |scene, client| client.bearing(&scene.revoked).get("/api/v1/me"),
    },
    Refused {
        event: "token.refused",
        actor: None,
        target: None,
        detail: "GET /api/v1/me with more than one access token",
        status: 400,
        send: |scene, client| client.bearing(&scene.token).with("x-access-token", &scene.token).get("/api/v1/me"),
    },
    Refused {
        event: "token.refused",
        actor: None,
        target: None,
        detail: "with an unknown refresh token",
        status: 401,
        send: |_, mut client| {
            client.call("POST", "/api/v1/tokens/refresh", &json!({ "refresh_token": "marker-no-token" }))
        },
    },
    Refused {
        event: "link.refused",
        actor: None,
        target: None,
        detail: "for a new password",
        status: 403,
        send: |_, mut client| client.get(&format!("/reset?token={}", "A".repeat(43))),
    },
    Refused {
        event: "link.refused",
        actor: None,
        target: None,
        detail: "for an invitation",
        status: 403,
        send: |_, mut client| client.get(&format!("/invite?token={}", "A".repeat(43))),
    },
    Refused {
        event: "cookie.refused",
        actor: None,
        target: None,
        detail: "GET / with more than one session cookie",
        status: 303,
        send: |scene, client| {
            let cookie = &scene.browser.jar["session"];
            client.with("Cookie", &format!("session={cookie}; session={cookie}")).get("/")
        },
    },
    Refused {
        event: "cookie.refused",
        actor: None,
        target: None,
        detail: "GET / with a session cookie under another spelling",
        status: 303,
        send: |scene, client| client.with("Cookie", &format!("%73ession={}", scene.browser.jar["session"])).get("/"),
    },
];

/// The token with another signature.
pub fn forged(token: &str) -> String {
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let swapped: String = signature.chars().rev().collect();
    format!("{signed}.{swapped}")
}
