//! Each page of docs/deploy quotes what the commonest mistake makes the program say: these are its words.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::support::{Server, wait_for};

/// What a page quotes, each as one line.
fn quoted(page: &str) -> Vec<String> {
    let page = std::fs::read_to_string(format!("{}/docs/deploy/{page}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let mut quotes: Vec<String> = vec![];
    let mut goes_on = false;
    for line in page.lines() {
        let quote = line.strip_prefix("> ");
        match (quote, goes_on) {
            (Some(quote), true) => *quotes.last_mut().unwrap() += &format!(" {quote}"),
            (Some(quote), false) => quotes.push(quote.to_owned()),
            (None, _) => {}
        }
        goes_on = quote.is_some();
    }
    quotes
}

/// The program runs as an ordinary account, whoever runs the tests: modes of files hold for it. It takes a system that
/// lets everyone have name spaces of their own.
fn as_an_ordinary_account(server: Server) -> Server {
    let script = server.folder().join("ordinary");
    let program = env!("CARGO_BIN_EXE_vestibule");
    let text = format!("#!/bin/sh\nexec unshare --user --map-user=65532 --map-group=65532 \"{program}\" \"$@\"\n");
    std::fs::write(&script, text).unwrap();
    set_mode(&script, 0o755);
    server.with_program(script)
}

fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// What the server says to stderr instead of starting, with this folder as it is called on the page.
fn said(server: &mut Server, folder: &str) -> String {
    let here = server.folder().display().to_string();
    server.refuses_to_start(&["serve"]).stderr.replace(&here, folder)
}

#[test]
fn of_proxies() {
    let server = Server::prepare().public("https://login.example.com").and_start();
    let ask =
        |head: &str| server.client().raw(format!("GET /login HTTP/1.1\r\nConnection: close\r\n{head}\r\n").as_bytes());
    assert_eq!(ask("Host: 127.0.0.1:8000\r\n").status, 421);
    assert_eq!(ask("Host: login.example.com\r\nX-Forwarded-For: 192.0.2.1\r\n").status, 200);
    for page in ["nginx.md", "caddy.md"] {
        let quotes = quoted(page);
        assert_eq!(quotes.len(), 1, "{page}: {quotes:?}");
        wait_for(&quotes[0], || server.stderr().contains(&quotes[0]).then_some(()));
    }
}

#[test]
fn of_certificates() {
    let [unreadable, strange] = <[String; 2]>::try_from(quoted("tls.md")).unwrap();
    let mut server = as_an_ordinary_account(Server::on_sqlite());
    let make = "for name in site issuer; do openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
                -days 2 -subj /CN=$name -keyout $name.key -out $name.pem; done; cat issuer.pem site.pem >fullchain.pem";
    let made = std::process::Command::new("sh").args(["-euc", make]).current_dir(server.folder()).output();
    assert!(made.as_ref().is_ok_and(|made| made.status.success()), "openssl is needed for this test: {made:?}");
    let key = server.folder().join("privkey.pem");
    std::fs::rename(server.folder().join("site.key"), &key).unwrap();
    let here = server.folder().display().to_string();
    server = server.with("ROCKET_TLS", &format!("{{certs=\"{here}/fullchain.pem\", key=\"{here}/privkey.pem\"}}"));
    assert_eq!(said(&mut server, "/etc/vestibule").trim(), strange);
    set_mode(&key, 0o000);
    assert_eq!(said(&mut server, "/etc/letsencrypt/live/login.example.com").trim(), unreadable);
}

#[test]
fn of_containers() {
    let [volume, address] = <[String; 2]>::try_from(quoted("container.md")).unwrap();
    let mut server = as_an_ordinary_account(Server::on_sqlite());
    let data = server.folder().join("data");
    std::fs::create_dir(&data).unwrap();
    set_mode(&data, 0o500);
    server = server.with("VESTIBULE_DATA_DIR", &data.display().to_string());
    assert_eq!(said(&mut server, "").trim(), volume);
    set_mode(&data, 0o700);
    server = server.with("ROCKET_ADDRESS", "0.0.0.0");
    assert_eq!(said(&mut server, "").trim(), address);
}

#[test]
fn of_systemd() {
    let quote = quoted("systemd.md").remove(0);
    let (line, error) = quote.split_once(" error=").unwrap();
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/src/server/backup.rs");
    assert!(std::fs::read_to_string(source).unwrap().contains(line), "the line of the log");
    let server = Server::on_sqlite().and_seed();
    std::fs::create_dir(server.folder().join("mnt")).unwrap();
    let folder = server.folder().display().to_string();
    let server = server
        .with("VESTIBULE_BACKUP_DIR", &format!("{folder}/mnt/backups"))
        .with_mounts("mount -t tmpfs tmpfs mnt && mount -o remount,ro mnt");
    let backup = server.cli(&["backup"]);
    assert_eq!(backup.stderr.trim().replace(&folder, ""), format!("Error: {error}"));
}
