//! A setting that can't be used is told in people's words: its key, where it stands, and what to use.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use super::{sentence, with_file_on};
use crate::support::Server;

const ORIGIN: &str = "use an address such as https://login.example.com, without a path";
const NETWORKS: &str = r#"use a list such as ["10.0.0.1", "10.1.0.0/16"]"#;
const DATABASE: &str =
    "use sqlite:PATH, such as sqlite:/var/lib/vestibule/vestibule.db, or postgres://USER@HOST/DATABASE";
const KEY: &str = r"use 64 bytes in base64, as `openssl rand -base64 64 | tr -d '\n'` prints them";
const TLS: &str = r#"such as { certs = "cert.pem", key = "key.pem" }"#;

/// What is said to a line of a table in the file.
fn said_to(table: &str, line: &str) -> String {
    let server = with_file_on(Server::on_sqlite(), &format!("[{table}]\n{line}\n"));
    // The variables of every test would win over the file.
    sentence(&server.without("ROCKET_PORT").without("ROCKET_WORKERS").without("VESTIBULE_BCRYPT_COST"))
}

#[test]
fn a_bad_value_in_the_file_is_told_what_to_use() {
    for (line, found, instead) in [
        ("registration = \"opne\"", "is \"opne\"", "use open, approval, invite or closed"),
        ("registration = true", "is true", "use open, approval, invite or closed"),
        ("registration = { open = 1 }", "is a table", "use open, approval, invite or closed"),
        ("bcrypt_cost = 17", "is 17", "use a number from 4 to 16"),
        ("session_hours = \"12\"", "is \"12\"", "use a number from 1 to 720"),
        ("session_hours = 721", "is 721", "use a number from 1 to 720"),
        ("session_hours = -1", "is -1", "use a number from 1 to 720"),
        ("session_hours = 1.5", "is 1.5", "use a number from 1 to 720"),
        ("session_hours = [1]", "is a list", "use a number from 1 to 720"),
        ("session_hours = 99999999999", "is 99999999999", "use a number from 1 to 720"),
        ("allow_insecure_http = 1", "is 1", "use true or false"),
        ("allow_insecure_http = \"yes\"", "is \"yes\"", "use true or false"),
        ("public_url = \"login.example.com\"", "is \"login.example.com\"", ORIGIN),
        ("public_url = 5", "is 5", ORIGIN),
        ("public_url = \"https://u:s3cret@login.example.com\"", "can't be used as it is", ORIGIN),
        ("trusted_proxies = \"10.0.0.0/8\"", "is \"10.0.0.0/8\"", NETWORKS),
        ("trusted_proxies = [\"10.0.0.0/8\", \"proxy\"]", "has \"proxy\"", NETWORKS),
        ("allowed_origins = [5]", "has 5", "use a list such as [\"https://app.example.com\"]"),
        ("data_dir = 5", "is 5", "use the path of a folder"),
        ("templates = \"\"", "is empty", "use the path of a folder"),
        ("database_url = 5", "can't be used as it is", DATABASE),
        ("database_url = \"mysql://u:s3cret@h/db\"", "can't be used as it is", DATABASE),
    ] {
        let key = line.split(' ').next().unwrap();
        let said = said_to("default.vestibule", line);
        assert_eq!(said, format!("setting `vestibule.{key}` in Rocket.toml {found}: {instead}"));
    }
}

#[test]
fn so_is_one_of_the_web_server() {
    let signals = "[\"term\"], with any of term, int, hup, quit, usr1, usr2, alrm, chld, io, pipe";
    for (line, said) in [
        ("port = 65536", "`port` in Rocket.toml is 65536: use a number from 0 to 65535"),
        ("port = \"http\"", "`port` in Rocket.toml is \"http\": use a number from 0 to 65535"),
        ("address = \"here\"", "`address` in Rocket.toml is \"here\": use an IP address such as 127.0.0.1"),
        ("workers = 0", "`workers` in Rocket.toml is 0: use a number from 1 to 10000"),
        ("max_blocking = 0", "`max_blocking` in Rocket.toml is 0: use a number from 1 to 100000"),
        ("keep_alive = \"5s\"", "`keep_alive` in Rocket.toml is \"5s\": use a number from 0 to 86400"),
        ("log_level = \"loud\"", "`log_level` in Rocket.toml is \"loud\": use critical, normal, debug or off"),
        ("temp_dir = 5", "`temp_dir` in Rocket.toml is 5: use the path of a folder"),
        ("shutdown.grace = \"1m\"", "`shutdown.grace` in Rocket.toml is \"1m\": use a number from 0 to 86400"),
        ("shutdown.ctrlc = \"perhaps\"", "`shutdown.ctrlc` in Rocket.toml is \"perhaps\": use true or false"),
        (
            "shutdown.signals = [\"stop\"]",
            &format!("`shutdown.signals` in Rocket.toml has \"stop\": use a list such as {signals}"),
        ),
        ("tls.certs = \"cert.pem\"", &format!("`tls` in Rocket.toml lacks `key`: use a table {TLS}")),
        ("tls = { certs = 5, key = \"key.pem\" }", "`tls.certs` in Rocket.toml is 5: use the path of a file"),
        ("tls = \"cert.pem\"", &format!("`tls` in [default] of Rocket.toml is not a table: use one {TLS}")),
        ("secret_key = 5", &format!("`secret_key` in [default] of Rocket.toml can't be used as it is: {KEY}")),
        ("secret_key = \"s3cret\"", &format!("`secret_key` in Rocket.toml can't be used as it is: {KEY}")),
    ] {
        assert_eq!(said_to("default", line), format!("setting {said}"));
    }
}

#[test]
fn a_bad_value_in_the_environment_is_told_the_same_with_its_variable() {
    let variable = "in the environment variable";
    for (name, value, said) in [
        (
            "VESTIBULE_REGISTRATION",
            "opne",
            format!(
                "`vestibule.registration` {variable} VESTIBULE_REGISTRATION is \"opne\": use open, approval, invite or closed"
            ),
        ),
        (
            "ROCKET_VESTIBULE",
            "{registration=opne}",
            format!(
                "`vestibule.registration` {variable} ROCKET_VESTIBULE is \"opne\": use open, approval, invite or closed"
            ),
        ),
        ("ROCKET_PORT", "70000", format!("`port` {variable} ROCKET_PORT is 70000: use a number from 0 to 65535")),
        (
            "ROCKET_SHUTDOWN",
            "{grace=long}",
            format!("`shutdown.grace` {variable} ROCKET_SHUTDOWN is \"long\": use a number from 0 to 86400"),
        ),
        (
            "ROCKET_VESTIBULE",
            "open",
            format!(
                "`vestibule` {variable} ROCKET_VESTIBULE is not a table: use one such as {{ public_url = \"https://login.example.com\", trusted_proxies = [] }}"
            ),
        ),
        (
            "VESTIBULE_DATA_DIR",
            "",
            format!("`vestibule.data_dir` {variable} VESTIBULE_DATA_DIR is empty: use the path of a folder"),
        ),
        (
            "VESTIBULE_DATABASE_URL",
            "s3cret",
            format!("`vestibule.database_url` {variable} VESTIBULE_DATABASE_URL can't be used as it is: {DATABASE}"),
        ),
        (
            "VESTIBULE_DATABASE_URL_FILE",
            "url",
            format!(
                "`vestibule.database_url` in the file that VESTIBULE_DATABASE_URL_FILE names can't be used as it is: {DATABASE}"
            ),
        ),
        (
            "VESTIBULE_SECRET_KEY",
            "s3cret",
            format!("`secret_key` {variable} VESTIBULE_SECRET_KEY can't be used as it is: {KEY}"),
        ),
    ] {
        let server = Server::prepare().with(name, value);
        std::fs::write(server.folder().join("url"), "mysql://u:s3cret@h/db").unwrap();
        assert_eq!(sentence(&server), format!("setting {said}"));
    }
}

#[test]
fn a_value_that_is_long_or_shows_nothing_is_repeated_in_one_short_line() {
    let said = sentence(&Server::prepare().with("VESTIBULE_REGISTRATION", &"\u{202e}x\n".repeat(1000)));
    assert!(
        said.len() < 600 && !said.contains('\u{202e}') && said.ends_with("…\": use open, approval, invite or closed"),
        "{said}"
    );
    let server = Server::prepare();
    let mut command = server.command(&["migrate"]);
    let output = command.env("ROCKET_PORT", OsStr::from_bytes(b"8\xff")).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said, "Error: the environment variable ROCKET_PORT is not UTF-8\n");
}
