//! `templates`: pages of the operator's own.

use super::{refused, with_file};
use crate::support::Server;

fn with_template(name: &str, content: &str) -> Server {
    let server = with_file("[default.vestibule]\ntemplates = \"mine\"\n");
    let path = server.folder().join("mine").join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, content).unwrap();
    server
}

#[test]
fn a_template_of_ones_own_changes_that_page_only() {
    let plain = Server::seeded();
    let mine = "{% extends \"layout\" %}\n{% block title %}Hi{% endblock %}\n{% block content %}\
                <p class=\"mine\">Welcome to Example, {{ form.username }}</p>{% endblock %}\n";
    let server = with_template("login/new.html.tera", mine).and_seed().and_start();
    let login = server.client().get("/login");
    assert!(login.says(r#"<p class="mine">Welcome to Example"#), "{}", login.body);
    assert!(login.body.contains("/style.css"), "it stands in the layout");
    for path in ["/nowhere", "/static/x/y"] {
        assert_eq!(server.client().get(path).body, plain.client().get(path).body, "{path}");
    }
    assert!(server.admin().get("/").says("Hello, Admin!"));

    let mut browser = server.client();
    browser.log_in("<b>roy</b>", "wrong");
    assert!(browser.get("/login").body.contains("Example, &lt;b&gt;roy&lt;&#x2F;b&gt;"), "it is escaped as ours are");
}

#[test]
fn a_layout_of_ones_own_changes_every_page() {
    let server =
        with_template("layout.html.tera", "<!doctype html><title>Mine</title>{% block content %}{% endblock %}");
    let server = server.and_seed().and_start();
    for path in ["/login", "/nowhere"] {
        assert!(server.client().get(path).body.starts_with("<!doctype html><title>Mine</title>"), "{path}");
    }
}

#[test]
fn a_broken_template_stops_the_start_and_is_named() {
    for broken in
        ["{% extends \"layout\" %}{% block", "{{ name", "{% extends \"nowhere\" %}", "{{ x | nofilter }}{% if %}"]
    {
        let server = with_template("login/new.html.tera", broken);
        refused(&server, &["login/new", "a template can't be used"]);
    }
}

#[test]
fn a_folder_that_is_not_there_stops_the_start() {
    refused(&with_file("[default.vestibule]\ntemplates = \"mine\"\n"), &["`vestibule.templates`", "mine"]);
    let server = with_file("[default.vestibule]\ntemplates = \"Rocket.toml\"\n");
    refused(&server, &["`vestibule.templates`"]);
}

#[test]
fn other_files_in_the_folder_are_left_alone() {
    let server = with_template("README.md", "{{ not a template");
    let server = server.and_seed().and_start();
    assert_eq!(server.client().get("/login").body, Server::seeded().client().get("/login").body);
    assert_eq!(server.client().get("/README.md").status, 404);
}
