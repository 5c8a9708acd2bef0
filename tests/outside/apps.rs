//! The apps of `docs/apps`, each beside a server: a token is verified without asking, a role decides, and whoever asks
//! the server learns of a logout at once.

use std::process::Command;

use serde_json::Value;

use crate::support::running::Running;
use crate::support::{Client, Server, nginx};
use crate::tools::{Folder, at_its_own_address, docs, free_port, run};

/// Starts an app, and tells its story.
fn tell(app: &mut Command) {
    let server = at_its_own_address().and_seed().and_start();
    let port = free_port();
    app.env("PORT", port.to_string()).env("VESTIBULE", format!("http://127.0.0.1:{}", server.port));
    let _running = Running::listening(app, port);
    let app = Client::new(port);
    let asks = |client: &Client, path: &str| client.clone().get(path).status;

    for path in ["/me", "/reports", "/settings"] {
        assert_eq!(asks(&app, path), 401, "{path} without a token");
        assert_eq!(asks(&app.bearing("e30.e30.e30"), path), 401, "{path} with a token of nobody's");
    }
    let pair = server.client().pair("roy", "roy");
    let token = pair["access_token"].as_str().unwrap();
    let mut roy = app.bearing(token);
    assert_eq!(roy.get("/me").json()["username"], "roy");
    assert_eq!(roy.get("/settings").json()["username"], "roy");

    // The token says what was true when it was made.
    assert_eq!(asks(&roy, "/reports"), 403);
    assert_eq!(server.cli(&["user", "role", "add", "roy", "editor"]).code, 0);
    assert_eq!(asks(&roy, "/reports"), 403);
    let refresh = serde_json::json!({ "refresh_token": pair["refresh_token"] });
    let pair: Value = server.client().call("POST", "/api/v1/tokens/refresh", &refresh).json();
    let token = pair["access_token"].as_str().unwrap();
    let editor = app.bearing(token);
    assert_eq!(asks(&editor, "/reports"), 200);

    // A logout is known to the server at once; a token that nobody asks about is good until it expires.
    assert_eq!(server.client().bearing(token).bare("DELETE", "/api/v1/tokens/current").status, 204);
    assert_eq!(asks(&editor, "/settings"), 401);
    assert_eq!(asks(&editor, "/me"), 200);

    // The same for whoever logged in in a browser, whose cookie comes to every app of this host.
    let mut browser = server.signed_in("roy", "roy");
    let mut visitor = app.clone();
    visitor.jar = browser.jar.clone();
    assert_eq!(visitor.get("/settings").json()["username"], "roy");
    assert_eq!(asks(&visitor, "/me"), 401, "a cookie is no token");
    browser.act("/logout", &[]);
    assert_eq!(asks(&visitor, "/settings"), 401);
}

#[test]
fn flask() {
    tell(Folder::new().python().arg(docs("apps/flask/app.py")).current_dir("/"));
}

#[test]
fn fastapi() {
    tell(Folder::new().python().arg(docs("apps/fastapi/app.py")).current_dir("/"));
}

#[test]
fn express() {
    let folder = Folder::new();
    std::fs::copy(docs("apps/express/app.js"), folder.path().join("app.js")).expect("the app");
    tell(Command::new("node").arg("app.js").current_dir(folder.path()));
}

#[test]
fn go() {
    let folder = Folder::new();
    run(folder.go().args(["build", "-o", "app"]).arg(docs("apps/go/app.go")));
    tell(&mut folder.command(&folder.path().join("app")));
}

#[test]
fn nginx_asks_who_it_is_before_an_app() {
    let (folder, port, app_port, own_port) = (Folder::new(), free_port(), free_port(), free_port());
    let server = Server::prepare()
        .with("ROCKET_PORT", &own_port.to_string())
        .with("VESTIBULE_PUBLIC_URL", &format!("http://127.0.0.1:{port}"))
        .with("VESTIBULE_TRUSTED_PROXIES", "[\"127.0.0.1\"]")
        .and_seed()
        .and_start();
    let conf = std::fs::read_to_string(docs("apps/nginx/nginx.conf")).expect("the configuration");
    let ports = [(":8080", port), (":8000", own_port), (":5000", app_port)];
    let conf = ports.iter().fold(conf, |conf, (was, is)| conf.replace(was, &format!(":{is}")));
    let _app = Running::listening(
        Command::new("python3").arg(docs("apps/nginx/app.py")).env("PORT", app_port.to_string()),
        app_port,
    );
    let _nginx = Running::listening(&mut nginx::command(folder.path(), &conf), port);

    let mut browser = Client::new(port).browsing();
    assert_eq!(browser.get("/app/?day=1").leads_to().0, 303);
    assert!(browser.get("/app/?day=1").leads_to().1.ends_with("/login?next=/app/?day=1"));
    let fields = [("username", "roy"), ("password", "roy"), ("next", "/app/?day=1")];
    assert_eq!(browser.post("/login", &fields).leads_to(), (303, "/app/?day=1"));
    let mut liar = browser.with("Remote-Groups", "editor").with("Remote-User", "admin");
    assert_eq!(liar.get("/app/").json()["username"], "roy");
    assert_eq!(liar.get("/app/reports").status, 403);
    assert_eq!(server.cli(&["user", "role", "add", "roy", "editor"]).code, 0);
    server.let_a_second_pass();
    assert_eq!(browser.get("/app/reports").status, 200);
    browser.act("/logout", &[]);
    assert_eq!(browser.get("/app/reports").status, 303);
}
