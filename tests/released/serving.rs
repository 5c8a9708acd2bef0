//! It serves, and its commands work, with no library, no shell, no /tmp and no right.

use crate::root::contained;
use crate::support::Server;

#[test]
fn it_serves_in_an_empty_root_as_an_account_without_rights() {
    let mut server = contained(Server::on_sqlite(), &[]).and_seed().and_start();
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.id())).expect("it runs");
    assert!(status.contains("CapEff:\t0000000000000000"), "{status}");
    let root = std::fs::read_dir(format!("/proc/{}/root", server.id())).expect("its root");
    let mut names: Vec<_> = root.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["data", "etc", "vestibule"]);

    let mut browser = server.client().browsing();
    assert!(browser.get("/login").body.contains("<form"));
    assert_eq!(browser.log_in("roy", "roy").leads_to(), (303, "/"));
    assert!(browser.get("/").says("Roy"));
    assert_eq!((browser.get("/healthz").status, browser.get("/readyz").status), (200, 200));
    assert_eq!(server.terminate(), 0);
}

#[test]
fn commands_that_need_room_for_temporary_files_work_there() {
    let server = contained(Server::on_sqlite(), &[]).and_seed().and_start();
    let people: String = (0..3000).map(|number| format!("person-{number},pass word {number}\n")).collect();
    let imported = server.cli_with_stdin(&["user", "import", "-"], &format!("username,password\n{people}"));
    assert_eq!(imported.code, 0, "{imported:?}");
    let backup = server.cli(&["backup"]);
    assert_eq!(backup.code, 0, "{backup:?}");
    let listed = server.cli(&["user", "list", "--json"]);
    assert!(listed.code == 0 && listed.stdout.contains("roy"), "{listed:?}");
    let checked = server.cli(&["check"]);
    assert!(!checked.stdout.contains("can't"), "{checked:?}");
}
