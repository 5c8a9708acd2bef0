//! Settings: what is misspelt, misplaced or without effect stops the start and is named, and no secret is repeated.

use std::fs;

use crate::support::{Server, wait_for};

/// A folder with this `Rocket.toml`.
fn with_file(text: &str) -> Server {
    with_file_on(Server::prepare(), text)
}

fn with_file_on(server: Server, text: &str) -> Server {
    fs::write(server.folder().join("Rocket.toml"), text).unwrap();
    server
}

/// What the program says to settings that it can't use. It has written nothing then.
#[track_caller]
fn refusal(server: &Server) -> String {
    let output = server.cli(&["migrate"]);
    assert_eq!(output.code, 1, "{output:?}");
    assert!(!server.folder().join("data").exists(), "{output:?}");
    output.stderr
}

#[track_caller]
fn accepted(server: &Server) {
    let output = server.cli(&["migrate"]);
    assert_eq!(output.code, 0, "{output:?}");
}

#[test]
fn a_key_or_table_that_nothing_reads_is_refused_wherever_it_stands() {
    for (file, named) in [
        ("[vestibule]\nbcrypt_cost = 4", "`[vestibule]`"),
        ("[defualt.vestibule]\nbcrypt_cost = 4", "`[defualt]`"),
        ("port = 1", "`port`"),
        ("[default]\nprot = 1", "`prot`"),
        ("[default]\ndata_dir = \"x\"", "`data_dir`"),
        ("[default]\nconfig = \"other.toml\"", "`config`"),
        ("[default]\nvestibule = 5", "`vestibule`"),
        ("[default.vestibule]\nbcrypt_costs = 4", "`vestibule.bcrypt_costs`"),
        ("[global]\nprot = 1", "`prot`"),
        ("[release]\nprot = 1", "`prot`"),
        ("[release.vestibule]\nbcrypt_costs = 4", "`vestibule.bcrypt_costs`"),
        ("[debug]\nprot = 1", "`prot`"),
        ("[default.shutdown]\ngarce = 1", "`shutdown.garce`"),
        ("[default.tls]\ncertz = \"x\"", "`tls.certz`"),
        ("[default.limits]\nforms = \"1KiB\"", "`limits`"),
        ("[default]\nlimits = { form = \"1KiB\" }", "`limits`"),
        ("[default]\nident = \"Vestibule\"", "`ident`"),
        ("[default]\nip_header = \"X-Real-IP\"", "`vestibule.trusted_proxies`"),
    ] {
        let said = refusal(&with_file(file));
        assert!(said.contains(named) && said.contains("Rocket.toml"), "{file}: {said}");
    }
    for (key, value, named) in [
        ("ROCKET_PROT", "1", "ROCKET_PROT"),
        ("ROCKET_SHUTDOWN", "{garce=1}", "`shutdown.garce`"),
        ("ROCKET_VESTIBULE", "{bcrypt_costs=4}", "`vestibule.bcrypt_costs`"),
        ("ROCKET_VESTIBULE", "foo", "`vestibule`"),
        ("ROCKET_VESTIBULE", "{bcrypt_cost=4", "`vestibule`"),
        ("ROCKET_LIMITS", "{form=1024}", "`limits`"),
        ("ROCKET_IDENT", "Vestibule", "`ident`"),
        ("ROCKET_IP_HEADER", "X-Forwarded-For", "`vestibule.trusted_proxies`"),
        ("ROCKET_PROFILE", "prodcution", "prodcution"),
        ("ROCKET_CONFIG", "/nope.toml", "/nope.toml"),
        ("ROCKET_CONFIG", "", "ROCKET_CONFIG"),
        ("VESTIBULE_BCRYPT_COSTS", "4", "VESTIBULE_BCRYPT_COSTS"),
    ] {
        let said = refusal(&Server::prepare().with(key, value));
        assert!(said.contains(named), "{key}={value}: {said}");
    }
}

#[test]
fn what_is_spelt_right_works_in_every_place() {
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/Rocket.toml");
    accepted(&with_file(&fs::read_to_string(shipped).unwrap()));
    // Its data folder would be the one beside it, where whoever tries the program out has a database.
    let server = Server::prepare();
    let data = server.folder().join("data").display().to_string();
    accepted(&server.with("ROCKET_CONFIG", shipped).with("VESTIBULE_DATA_DIR", &data));
    accepted(&Server::prepare().with("ROCKET_PROFILE", "release"));
    accepted(&with_file("[staging]\nport = 1").with("ROCKET_PROFILE", "staging"));
    let server = Server::on_sqlite().with("ROCKET_VESTIBULE", "{data_dir=elsewhere,session_hours=1}");
    accepted(&server);
    assert!(server.folder().join("elsewhere/vestibule.db").is_file());
}

#[test]
fn a_value_that_cannot_be_read_is_named_with_its_place() {
    let said = refusal(&with_file("[default.vestibule]\nsession_hours = \"long\""));
    assert!(said.contains("`vestibule.session_hours`") && said.contains("Rocket.toml"), "{said}");
    for value in ["long", "1.5"] {
        let said = refusal(&Server::prepare().with("VESTIBULE_SESSION_HOURS", value));
        assert!(said.contains("`vestibule.session_hours`") && said.contains("VESTIBULE_SESSION_HOURS"), "{said}");
    }
    let said = refusal(&Server::prepare().with("VESTIBULE_DATA_DIR", "5"));
    assert!(said.contains("`vestibule.data_dir`") && !said.contains("___"), "{said}");
    let said = refusal(&with_file("[default]\nport = 1\nport = 2"));
    assert!(said.contains("Rocket.toml") && said.contains("line 3"), "{said}");
    for key in ["VESTIBULE_DATA_DIR", "VESTIBULE_TEMPLATES", "VESTIBULE_DATABASE_URL", "VESTIBULE_SECRET_KEY_FILE"] {
        let said = refusal(&Server::prepare().with(key, ""));
        let name = key.strip_prefix("VESTIBULE_").unwrap();
        assert!(said.contains(name) || said.contains(&name.to_lowercase()), "{key}: {said}");
        assert!(said.contains("empty") || said.contains("sqlite:PATH"), "{key}: {said}");
    }
}

#[test]
fn a_secret_is_repeated_in_no_message() {
    for (key, value) in [
        ("ROCKET_VESTIBULE", "{database_url=\"mysql://u:s3cret@h/db\""),
        ("ROCKET_VESTIBULE", "{database_url=\"mysql://u:s3cret@h/db\"}"),
        ("ROCKET_VESTIBULE", "{database_url=[\"s3cret\"]}"),
        ("VESTIBULE_DATABASE_URL", "mysql://u:s3cret@h/db"),
        ("ROCKET_SECRET_KEY", "s3cret"),
        ("VESTIBULE_SECRET_KEY", "s3cret"),
    ] {
        // One that is right, in a variable of its own, would be read instead.
        let said = refusal(&Server::on_sqlite().with(key, value));
        assert!(!said.contains("s3cret"), "{key}={value}: {said}");
    }
    for file in [
        "secret_key = \"s3cret\"",
        "[default]\nsecret_key = \"s3cret\"",
        "[default]\nsecret_key = [\"s3cret\"]",
        "[default]\nsecret_key = \"s3cret",
        "[default]\nvestibule = \"{database_url = s3cret\"",
        "[default.vestibule]\ndatabase_url = { password = \"s3cret\" }",
    ] {
        let said = refusal(&with_file_on(Server::on_sqlite(), file));
        assert!(!said.contains("s3cret"), "{file}: {said}");
    }
}

#[test]
fn a_relative_database_belongs_to_the_folder_of_the_file_that_names_it() {
    let text = "[default.vestibule]\ndatabase_url = \"sqlite:here.db\"\ndata_dir = \"mine\"";
    let server = with_file_on(Server::on_sqlite(), text);
    let below = server.folder().join("below");
    fs::create_dir(&below).unwrap();
    let status = server.command(&["migrate"]).current_dir(&below).status().unwrap();
    assert!(status.success());
    assert!(server.folder().join("here.db").is_file() && server.folder().join("mine").is_dir());
    let status = server.command(&["migrate"]).current_dir(&below).env("VESTIBULE_DATABASE_URL", "sqlite:v.db").status();
    assert!(status.unwrap().success());
    assert!(below.join("v.db").is_file(), "the environment means the current folder");
}

#[test]
fn the_log_holds_no_cookie_and_no_password_at_any_level() {
    for level in ["normal", "debug"] {
        let mut server = Server::prepare().with("ROCKET_LOG_LEVEL", level).and_seed().and_start();
        let mut admin = server.admin();
        assert!(admin.is_signed_in());
        assert!(!admin.jar.is_empty());
        for path in ["/login?next=s3cret", "/todos?after=s3cret", "/static/x?s3cret", "/nowhere?s3cret"] {
            server.client().get(path);
            admin.get(path);
        }
        let mut program = server.client().program("admin", "password");
        for path in ["/users?query=s3cret&limit=s3cret", "/todos?sort=s3cret", "/users/s3cret", "/users/s3cret?s3cret"]
        {
            program.get(&format!("/api/v1{path}"));
        }
        server.client().with("Host", "evil.example").get("/?s3cret");
        server.client().raw(b"GET /?s3cret HTTP/1.1\r\nConnection: close\r\n\r\n");
        assert_eq!(server.terminate(), 0);
        let said = wait_for("the end of the log", || {
            let said = server.stderr();
            (said.contains("login.succeeded") && (level == "normal" || said.contains("GET /"))).then_some(said)
        });
        for (name, value) in &admin.jar {
            assert!(!said.contains(value), "{level}: {name}: {said}");
        }
        assert!(!said.contains("password="), "{level}: {said}");
        assert!(!said.contains("s3cret"), "a query, or a value in a path: {level}: {said}");
        if level == "debug" {
            for line in
                ["GET /login 200 request_id=", "GET /nowhere 404 request_id=", "GET /api/v1/users/<id> 404 request_id="]
            {
                assert!(said.contains(line), "{line}: {said}");
            }
        }
        assert!(!said.contains("rocket_dyn_templates"), "the folder of templates is no news: {said}");
    }
}

#[test]
fn an_override_that_fails_for_every_page_stops_the_start() {
    for name in ["error", "layout"] {
        let server = Server::prepare().with("VESTIBULE_TEMPLATES", "mine");
        fs::create_dir(server.folder().join("mine")).unwrap();
        fs::write(server.folder().join(format!("mine/{name}.html.tera")), "{{ nope }}").unwrap();
        let said = server.refuses_to_start(&["serve"]).stderr;
        assert!(said.contains("nope") && said.contains("a template can't be used"), "{said}");
    }
}

#[test]
fn an_override_that_fails_at_run_time_still_leaves_a_page_of_ours() {
    let server = Server::prepare().with("VESTIBULE_TEMPLATES", "mine");
    fs::create_dir_all(server.folder().join("mine/login")).unwrap();
    let error = "{% if status == 404 %}{{ nope }}{% else %}mine: {{ title }}{% endif %}";
    fs::write(server.folder().join("mine/error.html.tera"), error).unwrap();
    fs::write(server.folder().join("mine/login/new.html.tera"), "{{ nope }}").unwrap();
    let server = server.and_seed().and_start();
    assert_eq!(server.client().get("/login").body, "mine: Something went wrong");
    let page = server.client().get("/nothing-here");
    assert_eq!((page.status, page.header("content-type")), (404, Some("text/html; charset=utf-8")));
    assert!(page.says("Page not found") && !page.body.contains("Rocket"), "{page:?}");
    assert!(page.header("content-security-policy").is_some() && page.header("server").is_none(), "{page:?}");
}

#[test]
fn https_on_loopback_is_not_demanded_for_years() {
    let server = Server::prepare().public("https://127.0.0.1").and_start();
    let page = server.client().with("Host", "127.0.0.1").get("/login");
    assert_eq!((page.status, page.header("strict-transport-security")), (200, None));
}
