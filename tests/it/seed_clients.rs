//! The five conversations once more, with the very heads that the clients of the tutorials' readers send: most take
//! anything (`*/*`), some do not say what they take. Only `Connection: close` is ours.

use serde_json::{Value, json};

use crate::support::{Reply, Server};

/// A client's own header lines: before `Host` where it puts some there, and after it.
const CLIENTS: &[(&str, &str, &str)] = &[
    ("curl", "", "User-Agent: curl/8.5.0\r\nAccept: */*\r\n"),
    (
        "Postman",
        "User-Agent: PostmanRuntime/7.43.0\r\nAccept: */*\r\nCache-Control: no-cache\r\n\
         Postman-Token: 5f0c2f1a-0f2e-4a57-9f0a-0f6c2a1d7b11\r\n",
        "Accept-Encoding: gzip, deflate, br\r\n",
    ),
    ("Insomnia", "", "User-Agent: insomnia/10.3.0\r\nAccept: */*\r\n"),
    ("VS Code's REST Client", "User-Agent: vscode-restclient\r\naccept-encoding: gzip, deflate\r\n", ""),
    ("Go", "", "User-Agent: Go-http-client/1.1\r\nAccept-Encoding: gzip\r\n"),
    (
        "Node's fetch",
        "",
        "accept: */*\r\naccept-language: *\r\nsec-fetch-mode: cors\r\nuser-agent: node\r\naccept-encoding: gzip, deflate\r\n",
    ),
    (
        "HTTPie",
        "",
        "User-Agent: HTTPie/3.2.4\r\nAccept-Encoding: gzip, deflate\r\nAccept: application/json, */*;q=0.5\r\n",
    ),
];

/// A client with its jar and the token that it sends.
struct Client<'a> {
    server: &'a Server,
    own: &'a (&'static str, &'static str, &'static str),
    cookies: Vec<String>,
    sends: String,
}

impl<'a> Client<'a> {
    fn new(server: &'a Server, own: &'a (&'static str, &'static str, &'static str)) -> Client<'a> {
        Client { server, own, cookies: Vec::new(), sends: String::new() }
    }

    fn send(&mut self, method: &str, path: &str, content_type: &str, body: &str) -> Reply {
        let (_, before, after) = self.own;
        let host = format!("Host: 127.0.0.1:{}\r\n", self.server.port);
        let cookies =
            if self.cookies.is_empty() { String::new() } else { format!("Cookie: {}\r\n", self.cookies.join("; ")) };
        let content = match body {
            "" => String::new(),
            body => format!("Content-Type: {content_type}\r\nContent-Length: {}\r\n", body.len()),
        };
        let head = format!(
            "{method} {path} HTTP/1.1\r\n{before}{host}{after}{}{cookies}{content}Connection: close\r\n\r\n",
            self.sends
        );
        let reply = self.server.client().raw(format!("{head}{body}").as_bytes());
        for cookie in reply.all("set-cookie") {
            let pair = cookie.split(';').next().unwrap().to_owned();
            let name = pair.split('=').next().unwrap().to_owned();
            self.cookies.retain(|known| !known.starts_with(&format!("{name}=")));
            if !cookie.contains("Max-Age=0") {
                self.cookies.push(pair);
            }
        }
        reply
    }

    fn get(&mut self, path: &str) -> Reply {
        self.send("GET", path, "", "")
    }

    fn json(&mut self, method: &str, path: &str, body: &Value) -> Reply {
        self.send(method, path, "application/json", &body.to_string())
    }

    fn form(&mut self, path: &str, body: &str) -> Reply {
        self.send("POST", path, "application/x-www-form-urlencoded", body)
    }

    /// A form in parts, as Postman's form-data and `curl -F` send it.
    fn parts(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let part = |(name, text): &(&str, &str)| {
            format!(
                "--------------------------d1e2\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n"
            )
        };
        let body: String = fields.iter().map(part).chain(["--------------------------d1e2--\r\n".to_owned()]).collect();
        self.send("POST", path, "multipart/form-data; boundary=------------------------d1e2", &body)
    }

    /// What is answered, in two words: the status and the JSON.
    #[track_caller]
    fn says(&mut self, path: &str, status: u16, body: Value) {
        let reply = self.get(path);
        assert_eq!((reply.status, reply.json()), (status, body), "{}: GET {path}", self.own.0);
    }

    /// The same client with an access token of someone, as it sends one.
    fn bearing(&self, header: &str, login: &Value) -> Client<'a> {
        let mut client = Client::new(self.server, self.own);
        let pair = client.json("POST", "/api/v1/tokens", login);
        assert_eq!(pair.status, 200, "{}: {}", self.own.0, pair.body);
        client.sends = format!("{header}{}\r\n", pair.json()["access_token"].as_str().unwrap());
        client
    }
}

fn unauthorized() -> Value {
    json!({ "message": "Unauthorized" })
}

#[test]
fn seed_000_and_002_log_in_and_out_with_a_session_by_json_and_by_form() {
    let server = Server::seeded();
    for own in CLIENTS {
        let mut client = Client::new(&server, own);
        for (content_type, right, wrong, missing) in [
            (
                "application/json",
                r#"{"username":"roy","password":"roy"}"#,
                r#"{"username":"roy","password":"x"}"#,
                r#"{"username":"roy"}"#,
            ),
            (
                "application/x-www-form-urlencoded",
                "username=roy&password=roy",
                "username=roy&password=x",
                "username=roy",
            ),
        ] {
            let who = own.0;
            client.says("/", 401, unauthorized());
            assert_eq!(client.send("POST", "/login", content_type, wrong).status, 401, "{who}");
            assert_eq!(client.send("POST", "/login", content_type, missing).status, 400, "{who}");
            let login = client.send("POST", "/login", content_type, right);
            assert_eq!(
                (login.status, login.json()),
                (200, json!({ "message": "You are logged in successfully" })),
                "{who}"
            );
            client.says("/", 200, json!({ "message": "You are already logged in", "username": "roy" }));
            let mut thief = Client { cookies: client.cookies.clone(), ..Client::new(&server, own) };
            assert_eq!(thief.get("/api/v1/session").json()["user"]["username"], "roy", "{who}");
            client.says("/logout", 200, json!({ "message": "You successfully logged out" }));
            client.says("/", 401, unauthorized());
            thief.says("/", 401, unauthorized());
            assert_eq!(thief.get("/api/v1/session").status, 401, "{who}");
        }
        let page = client.get("/login");
        assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")), "{}", own.0);
    }
    assert_eq!(server.sessions(), 0);
}

#[test]
fn seed_001_and_004_sign_up_tokens_todos_and_data() {
    // The limit of sign-ups is that of a class room: conflicts are free.
    let server = Server::prepare().with("VESTIBULE_REGISTRATION", "open").and_seed().and_start();
    for (number, own) in CLIENTS.iter().enumerate() {
        let (who, mut client) = (own.0, Client::new(&server, own));
        let name = format!("anna-{number}");
        let password = "correct horse battery";
        let wanted = json!({ "username": name, "password": password, "name": "Anna", "data": { "colour": "blue" } });
        let made = client.json("POST", "/api/v1/users", &wanted);
        assert_eq!((made.status, made.json()["id"].as_str().map(str::len)), (201, Some(36)), "{who}: {}", made.body);
        assert_eq!(client.json("POST", "/api/v1/users", &wanted).status, 409, "{who}");

        let login = json!({ "username": name, "password": password });
        let mut anna = client.bearing("Authorization: Bearer ", &login);
        let mut admin =
            client.bearing("Authorization: Bearer ", &json!({ "username": "admin", "password": "password" }));
        assert_eq!(anna.get("/api/v1/me").json(), made.json(), "{who}");
        assert_eq!(anna.get("/api/v1/users").json()["detail"], "Admins only!", "{who}");
        assert_eq!(anna.get("/api/v1/me/data").json(), json!({ "colour": "blue" }), "{who}");
        let todo = anna.json("POST", "/api/v1/todos", &json!({ "title": "One", "due": "24-12-2030" }));
        let path = todo.header("location").unwrap_or_else(|| panic!("{who}: {}", todo.body)).to_owned();
        let changed = anna.json("PUT", &path, &json!({ "title": "Two", "description": "changed" })).json();
        assert_eq!((&changed["title"], &changed["due"]), (&json!("Two"), &json!("2030-12-24")), "{who}: the day stays");
        let mut whole = anna.get(&path).json();
        whole["title"] = "Three".into();
        assert_eq!(anna.json("PUT", &path, &whole).json(), whole, "{who}: what was read is sent back");
        for order in ["asc", "desc"] {
            let list = anna.get(&format!("/api/v1/todos?sort=due&order={order}")).json();
            assert_eq!(list["todos"], json!([whole]), "{who}");
        }
        assert_eq!(anna.send("PUT", &format!("{path}/done"), "", "").status, 403, "{who}");
        assert_eq!(admin.send("PUT", &format!("{path}/done"), "", "").json()["done"], true, "{who}");
        assert_eq!(admin.send("DELETE", &path, "", "").status, 204, "{who}");
        assert_eq!(anna.send("DELETE", "/api/v1/tokens/current", "", "").status, 204, "{who}");
        assert_eq!(anna.get("/api/v1/me").status, 401, "{who}: logged out");
    }
}

#[test]
fn seed_003_sign_up_by_email_in_a_form_and_the_header_of_the_tutorial() {
    let server = Server::prepare().with("VESTIBULE_REGISTRATION", "open").and_seed().and_start();
    for (number, own) in CLIENTS.iter().enumerate() {
        let (who, mut client) = (own.0, Client::new(&server, own));
        let form = format!("name=Zo%C3%AB&email=zoe{number}%40example.com&password=correct+horse+battery");
        let made = client.form("/api/v1/users", &form);
        assert_eq!((made.status, &made.json()["name"]), (201, &json!("Zoë")), "{who}: {}", made.body);
        assert_eq!(client.form("/api/v1/users", &form).status, 409, "{who}");
        let login = format!("email=zoe{number}%40example.com&password=correct+horse+battery");
        assert_eq!(client.form("/api/v1/tokens", &login).json()["expires_in"], 1800, "{who}");
        let mut admin = client.bearing("x-access-token: ", &json!({ "username": "admin", "password": "password" }));
        let listed = admin.get(&format!("/api/v1/users?query=zoe{number}")).json();
        assert_eq!(listed["users"], json!([made.json()]), "{who}");
        assert_eq!(client.get("/api/v1/users").status, 401, "{who}");

        let address = format!("zoe-in-parts{number}@example.com");
        let fields = [("name", "Zoë"), ("email", address.as_str()), ("password", "correct horse battery")];
        let made = client.parts("/api/v1/users", &fields);
        assert_eq!((made.status, &made.json()["name"]), (201, &json!("Zoë")), "{who}: {}", made.body);
        assert_eq!(client.parts("/api/v1/tokens", &fields[1..]).json()["expires_in"], 1800, "{who}");
    }
}
