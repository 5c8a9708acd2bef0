//! Who tries the routes of the table: a stranger, a user or an admin.

use rocket::http::Method::{Patch, Post, Put};
use rocket::http::{Accept, ContentType, Header};
use rocket::local::blocking::Client;
use rocket::{Build, Rocket};

use super::Door::{Json, Page, Token};
use super::Row;
use crate::support::in_process;

/// Someone at the doors, on a server of their own.
pub struct Visitor {
    pub client: Client,
    pub token: Option<String>,
    _home: in_process::Home,
}

impl Visitor {
    pub fn new(who: &str) -> Visitor {
        Visitor::at(who, in_process::seeded())
    }

    pub fn at(who: &str, (rocket, home): (Rocket<Build>, in_process::Home)) -> Visitor {
        let client = in_process::client(rocket);
        let (name, password) = if who == "admin" { ("admin", "password") } else { ("python", "python") };
        if who == "stranger" {
            return Visitor { client, token: None, _home: home };
        }
        let body = format!(r#"{{"username":"{name}","password":"{password}"}}"#);
        let answer = in_process::send(client.post("/api/v1/tokens").header(ContentType::JSON).body(body));
        let answer: serde_json::Value = serde_json::from_str(&answer.into_string().unwrap()).unwrap();
        let token = answer["access_token"].as_str().expect("a token").to_owned();
        in_process::log_in(&client, name, password);
        Visitor { client, token: Some(token), _home: home }
    }

    /// Knocks, with what this visitor has for such a door.
    pub fn status(&self, (door, method, _, path, _): &Row, headers: &[(&'static str, &'static str)]) -> u16 {
        let mut request = self.client.req(*method, path.to_string());
        match door {
            Page => request.add_header(Accept::HTML),
            Json | Token => request.add_header(Accept::JSON),
        }
        if matches!(method, Post | Put | Patch) {
            let form = *door == Page;
            request.add_header(if form { ContentType::Form } else { ContentType::JSON });
            request.set_body(if form { "" } else { "{}" });
        }
        if let (Token, Some(token)) = (door, &self.token) {
            request.add_header(Header::new("Authorization", format!("Bearer {token}")));
        }
        for (name, value) in headers {
            request.add_header(Header::new(*name, *value));
        }
        in_process::send(request).status().code
    }
}
