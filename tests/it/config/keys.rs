//! Keys that nobody knows, and values that can't be.

use super::{refused, with_file};
use crate::support::Server;

#[test]
fn an_unknown_key_in_rocket_toml_is_named() {
    for (file, key) in [
        ("[default]\nprot = 8000\n", "`prot`"),
        ("[default]\npublic_url = \"https://login.example.com\"\n", "`public_url`"),
        ("[global]\nadress = \"127.0.0.1\"\n", "`adress`"),
        ("[debug]\nprot = 8000\n", "`prot`"),
        ("[default.vestibule]\nbcrypt_cots = 12\n", "`vestibule.bcrypt_cots`"),
        ("[default.vestibule]\nport = 12\n", "`vestibule.port`"),
        ("[default.vestibule]\nbcrypt-cost = 12\n", "`vestibule.bcrypt-cost`"),
        ("[default.vestibule]\nBCRYPT_COST = 12\n", "`vestibule.BCRYPT_COST`"),
        ("[default.vestibule.session]\nhours = 12\n", "`vestibule.session`"),
        ("[default.vestibul]\nbcrypt_cost = 12\n", "`vestibul`"),
        ("[vestibule]\nbcrypt_cost = 12\n", "[default.vestibule]"),
        ("[shutdown]\ngrace = 12\n", "[default.shutdown]"),
        ("[default.shutdown]\ngrase = 12\n", "`shutdown.grase`"),
        ("[default.tls]\ncert = \"x\"\n", "`tls"),
    ] {
        refused(&with_file(file), &[key, "Rocket.toml"]);
    }
}

#[test]
fn a_broken_file_is_named() {
    for file in ["[default", "port = ", "[default]\nport = 80\nport = 81\n", "\u{0}"] {
        refused(&with_file(file), &["Rocket.toml"]);
    }
    refused(&with_file("port = 8000\n"), &["Error: "]);
}

#[test]
fn an_unknown_variable_is_named() {
    for (variable, value) in [
        ("VESTIBULE_BCRYPT_COTS", "12"),
        ("VESTIBULE_FOO", ""),
        ("VESTIBULE_PORT", "8000"),
        ("VESTIBULE_", "x"),
        ("VESTIBULE_BCRYPT_COST_FILE", "/dev/null"),
        ("VESTIBULE_PUBLIC_URL_FILE", "/dev/null"),
        ("VESTIBULE_SECRETKEY", "x"),
    ] {
        refused(&Server::prepare().with(variable, value), &[variable]);
    }
    refused(&Server::prepare().with("ROCKET_PROT", "8000"), &["ROCKET_PROT"]);
    refused(&Server::prepare().with("ROCKET_VESTIBULE", "{bcrypt_cots=12}"), &["vestibule.bcrypt_cots"]);
}

#[test]
fn a_value_of_the_wrong_kind_is_named_with_its_place() {
    for (variable, value) in [
        ("VESTIBULE_BCRYPT_COST", "banana"),
        ("VESTIBULE_BCRYPT_COST", "-1"),
        ("VESTIBULE_BCRYPT_COST", "12.5"),
        ("VESTIBULE_BCRYPT_COST", "99999999999999999999"),
        ("VESTIBULE_PASSWORD_MIN_LENGTH", "eight"),
        ("VESTIBULE_SESSION_HOURS", "true"),
        ("VESTIBULE_ALLOW_INSECURE_HTTP", "perhaps"),
        ("VESTIBULE_TRUSTED_PROXIES", "10.0.0.0/8"),
        ("VESTIBULE_TRUSTED_PROXIES", "[\"10.0.0.0/99\"]"),
        ("VESTIBULE_TRUSTED_PROXIES", "[\"proxy.example.com\"]"),
        ("VESTIBULE_PUBLIC_URL", "[1]"),
    ] {
        let key = variable.trim_start_matches("VESTIBULE_").to_lowercase();
        refused(&Server::prepare().with(variable, value), &[&format!("vestibule.{key}"), variable]);
    }
    for (file, key) in [
        ("[default]\nport = 70000\n", "`port`"),
        ("[default]\nport = \"http\"\n", "`port`"),
        ("[default]\naddress = \"here\"\n", "`address`"),
        ("[default.vestibule]\ntrusted_proxies = \"10.0.0.0/8\"\n", "`vestibule.trusted_proxies`"),
        ("[default.vestibule]\nbcrypt_cost = \"12\"\n", "`vestibule.bcrypt_cost`"),
    ] {
        // The variables of every test would win over the file.
        let server = with_file(file).without("ROCKET_PORT").without("VESTIBULE_BCRYPT_COST");
        refused(&server, &[key, "Rocket.toml"]);
    }
}

#[test]
fn a_value_out_of_range_is_named_with_the_range() {
    for (key, values, range) in [
        ("bcrypt_cost", ["3", "17"], "from 4 to 16"),
        ("password_min_length", ["7", "129"], "from 8 to 128"),
        ("session_idle_minutes", ["1", "10081"], "from 2 to 10080"),
        ("session_hours", ["0", "721"], "from 1 to 720"),
        ("remember_idle_days", ["0", "366"], "from 1 to 365"),
        ("remember_days", ["0", "366"], "from 1 to 365"),
        ("audit_days", ["0", "36501"], "from 1 to 36500"),
    ] {
        for value in values {
            let server = Server::prepare().with(&format!("VESTIBULE_{}", key.to_uppercase()), value);
            refused(&server, &[&format!("`vestibule.{key}`"), &format!(" is {value}: use a number {range}")]);
        }
    }
}

#[test]
fn the_environment_wins_over_the_file_and_the_file_over_the_code() {
    let server = with_file("[default.vestibule]\nsession_hours = 3\nsession_idle_minutes = 30\n");
    let server = server.with("VESTIBULE_SESSION_HOURS", "2").and_seed().and_start();
    server.signed_in("roy", "roy");
    let minutes = |column: &str| server.sql(&format!("SELECT {} FROM sessions", server.minutes("created_at", column)));
    assert_eq!((minutes("expires_at"), minutes("idle_expires_at")), (vec!["120".into()], vec!["30".into()]));

    let server = Server::prepare().with("ROCKET_VESTIBULE", "{session_hours=5}").and_seed().and_start();
    server.signed_in("roy", "roy");
    let minutes = server.sql(&format!("SELECT {} FROM sessions", server.minutes("created_at", "expires_at")));
    assert_eq!(minutes, ["300"], "Rocket's own way works as well");
}

#[test]
fn every_command_stops_at_a_bad_configuration() {
    let server = Server::prepare().with("VESTIBULE_FOO", "1");
    for arguments in [
        &["seed"][..],
        &["migrate"],
        &["user", "list"],
        &["user", "add", "zoe", "--random"],
        &["session", "end", "--all"],
    ] {
        let output = server.cli(arguments);
        assert!(output.code == 1 && output.stderr.contains("VESTIBULE_FOO"), "{arguments:?}: {output:?}");
    }
    assert!(!server.folder().join("data").exists(), "nothing was made");
    assert_eq!(server.cli(&["--help"]).code, 0);
    assert_eq!(server.cli(&["version"]).code, 0);
}
