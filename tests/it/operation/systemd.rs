//! The unit for systemd, and what the server tells systemd.

use std::os::unix::net::UnixDatagram;
use std::process::Command;

use crate::support::Server;

/// The unit, with the program of the tests in the place of the installed one.
fn unit(folder: &std::path::Path) -> String {
    let unit =
        std::fs::read_to_string(format!("{}/docs/deploy/vestibule.service", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let path = folder.join("vestibule.service");
    std::fs::write(&path, unit.replace("/usr/local/bin/vestibule", env!("CARGO_BIN_EXE_vestibule"))).unwrap();
    path.to_str().unwrap().to_owned()
}

fn analyze(arguments: &[&str]) -> String {
    let output = Command::new("systemd-analyze").args(arguments).output();
    let output = output.unwrap_or_else(|error| panic!("systemd-analyze is needed (apt install systemd): {error}"));
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_unit_is_valid_and_gives_the_server_few_rights() {
    let folder = tempfile::tempdir().unwrap();
    let unit = unit(folder.path());
    assert_eq!(analyze(&["verify", &unit]), "");
    let security = analyze(&["security", "--offline=true", "--no-pager", "--threshold=20", &unit]);
    assert!(security.contains("Overall exposure level"), "{security}");
}

#[test]
fn systemd_is_told_that_the_server_is_ready_and_that_it_stops() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notify");
    let socket = UnixDatagram::bind(&path).unwrap();
    let told = || {
        socket.set_read_timeout(Some(std::time::Duration::from_secs(120))).unwrap();
        let mut text = [0; 256];
        let length = socket.recv(&mut text).expect("it is told in time");
        String::from_utf8(text[..length].to_vec()).unwrap()
    };
    let mut server = Server::prepare().with("NOTIFY_SOCKET", path.to_str().unwrap()).and_start();
    assert_eq!(told(), "READY=1\n");
    assert_eq!(server.terminate(), 0);
    assert_eq!(told(), "STOPPING=1\n");
}

#[test]
fn a_socket_where_nobody_listens_keeps_nobody_from_serving() {
    let mut server = Server::prepare().with("NOTIFY_SOCKET", "/nonexistent/notify").and_seed().and_start();
    assert!(server.admin().is_signed_in());
    assert_eq!(server.terminate(), 0);
}
