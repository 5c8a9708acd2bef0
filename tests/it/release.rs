//! The release binary, copied alone into an empty folder: everything that it needs is in it.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use crate::support::Server;

/// Builds the release binary, once; it takes minutes the first time.
fn binary() -> PathBuf {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT
        .get_or_init(|| {
            let target = PathBuf::from(env!("CARGO_BIN_EXE_vestibule"));
            let target = target.parent().and_then(|debug| debug.parent()).expect("it lies in target/debug");
            let mut cargo = Command::new(env!("CARGO"));
            // What cargo tells a test about its package would make some build scripts run once more, and all after them.
            let of_package = std::env::vars().map(|(name, _)| name);
            for name in of_package.filter(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"))
            {
                cargo.env_remove(name);
            }
            let built = cargo
                .args(["build", "--release", "--bin", "vestibule", "--target-dir"])
                .arg(target)
                .current_dir(env!("CARGO_MANIFEST_DIR"))
                .output()
                .expect("cargo runs");
            assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
            target.join("release/vestibule")
        })
        .clone()
}

/// An empty folder with nothing but the program in it, which knows SQLite alone: PostgreSQL is a feature of the build.
fn alone() -> Server {
    let server = Server::on_sqlite();
    let program = server.folder().join("vestibule");
    std::fs::copy(binary(), &program).expect("it is copied");
    server.with_program(program)
}

fn seeded() -> Server {
    let server = alone();
    assert_eq!(server.cli(&["seed", "--force"]).code, 0);
    server
}

#[test]
fn it_serves_the_styled_page_without_any_file() {
    let server = seeded().and_start();
    let mut browser = server.client().browsing();
    let page = browser.get("/login");
    assert!(page.status == 200 && page.body.contains("<form"), "{page:?}");
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    let debug = Server::seeded();
    assert_eq!(page.body, debug.client().get("/login").body, "the page of the debug build");
    for link in page.body.split("href=\"").filter(|link| link.starts_with("/static/")) {
        let link = link.split('"').next().unwrap();
        let file = browser.get(link);
        assert_eq!((file.status, &file.body), (200, &debug.client().get(link).body), "{link}");
        assert!(file.body.len() > 100, "{link}");
    }
    assert_eq!(browser.log_in("admin", "password").leads_to(), (303, "/"));
    assert!(browser.get("/").says("Hello, Admin!"));
    assert_eq!(browser.get("/logout").leads_to(), (303, "/login"));
    assert!(browser.get("/login").says("You’re logged out."));
    assert!(browser.get("/nowhere").says("Page not found"));
}

#[test]
fn it_shows_markup_as_text() {
    let server = seeded().and_start();
    let mut browser = server.client().browsing();
    browser.log_in("<b>\"x\"</b>", "wrong");
    for page in [browser.get("/login"), browser.log_in("<b>\"x\"</b>", "")] {
        assert!(page.body.contains("&lt;b&gt;&quot;x&quot;&lt;&#x2F;b&gt;"), "{}", page.body);
        assert!(!page.body.contains("<b>"), "{}", page.body);
    }
    server.add_user_with("zoe", &["--name", "<i>Zoe</i>"]);
    let home = server.signed_in("zoe", crate::support::GOOD_PASSWORD).get("/");
    assert!(home.body.contains("&lt;i&gt;Zoe&lt;&#x2F;i&gt;") && !home.body.contains("<i>"), "{}", home.body);
}

#[test]
fn one_template_of_ones_own_changes_that_page_only() {
    let plain = seeded().and_start();
    let server = seeded().with("VESTIBULE_TEMPLATES", "mine");
    std::fs::create_dir_all(server.folder().join("mine/login")).unwrap();
    let mine =
        "{% extends \"layout\" %}{% block content %}<p>Welcome to Example, {{ form.username }}</p>{% endblock %}";
    std::fs::write(server.folder().join("mine/login/new.html.tera"), mine).unwrap();
    let server = server.and_start();
    let mut browser = server.client();
    browser.log_in("<b>", "wrong");
    let login = browser.get("/login");
    assert!(login.body.contains("<p>Welcome to Example, &lt;b&gt;</p>"), "{}", login.body);
    assert!(login.says("Wrong username/email or password") && login.body.contains("style.css"), "the layout is ours");
    assert_eq!(server.client().get("/nowhere").body, plain.client().get("/nowhere").body);
    assert!(server.admin().get("/").says("Hello, Admin!"));
}

#[test]
fn it_makes_no_sample_accounts_unless_one_insists() {
    let mut server = alone();
    let refused = server.cli(&["seed"]);
    assert_eq!((refused.code, refused.stdout.as_str()), (1, ""));
    assert!(
        refused.stderr.contains("release build") && refused.stderr.contains("pass --force to `vestibule seed`"),
        "{refused:?}"
    );
    let refused = server.refuses_to_start(&["serve", "--seed"]);
    assert!(refused.code == 1 && refused.stderr.contains("release build"), "{refused:?}");
    assert!(!server.cli(&["user", "list"]).stdout.contains("admin"));
    assert_eq!(server.cli(&["seed", "--force"]).code, 0);
    server.start(&[]);
    assert!(server.admin().is_signed_in());
}

#[test]
fn it_says_nothing_of_where_it_was_built() {
    let server = seeded().and_start();
    server.admin();
    let said = server.stderr();
    assert!(!said.contains(env!("CARGO_MANIFEST_DIR")), "{said}");
    server.execute("ALTER TABLE users RENAME TO put_away");
    let page = server.client().log_in("roy", "roy");
    assert!(page.status == 503 && !page.body.contains("users"), "{page:?}");
}
