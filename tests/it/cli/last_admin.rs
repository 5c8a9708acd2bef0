//! The last admin can't be removed, demoted or disabled.

use super::told;
use crate::support::Server;

const REFUSED: (i32, &str, &str) = (1, "", "Error: This is the last admin: give the role admin to someone else first.");

fn ways_out(name: &str) -> [Vec<&str>; 3] {
    [
        vec!["user", "disable", name],
        vec!["user", "role", "remove", name, "admin"],
        vec!["user", "delete", name, "--yes"],
    ]
}

fn admins(server: &Server) -> Vec<String> {
    server
        .sql("SELECT username FROM users JOIN user_roles ON user_id = id WHERE role = 'admin' AND disabled_at IS NULL")
}

#[test]
fn the_last_admin_stays() {
    let server = Server::prepare().and_seed();
    let before = server.audit();
    for arguments in ways_out("admin") {
        assert_eq!(told(&server.cli(&arguments)), REFUSED, "{arguments:?}");
    }
    assert_eq!(admins(&server), ["admin"]);
    assert_eq!(server.audit(), before, "nothing was done, so nothing is recorded");
}

#[test]
fn a_disabled_admin_does_not_count() {
    let server = Server::prepare().and_seed();
    assert_eq!(server.cli(&["user", "role", "add", "roy", "admin"]).code, 0);
    assert_eq!(server.cli(&["user", "disable", "roy"]).code, 0);
    for arguments in ways_out("admin") {
        assert_eq!(told(&server.cli(&arguments)), REFUSED, "{arguments:?}");
    }
    for arguments in &ways_out("roy")[1..2] {
        assert_eq!(server.cli(arguments).code, 0, "the disabled one may go: {arguments:?}");
    }
}

#[test]
fn with_another_admin_the_first_may_go() {
    for arguments in ways_out("admin") {
        let server = Server::prepare().and_seed();
        assert_eq!(server.cli(&["user", "role", "add", "roy", "admin"]).code, 0);
        assert_eq!(server.cli(&arguments).code, 0, "{arguments:?}");
        assert_eq!(admins(&server), ["roy"], "{arguments:?}");
    }
}

#[test]
fn two_admins_cannot_remove_each_other_at_once() {
    for first in 0..3 {
        for second in 0..3 {
            let server = Server::prepare().and_seed();
            assert_eq!(server.cli(&["user", "role", "add", "roy", "admin"]).code, 0);
            let mut lock = server.connection();
            lock.lock();
            let commands = [ways_out("admin")[first].clone(), ways_out("roy")[second].clone()];
            let running: Vec<_> = commands.iter().map(|arguments| server.command(arguments).spawn().unwrap()).collect();
            // Both have looked, as far as they can, before either may write.
            let ids: Vec<u32> = running.iter().map(std::process::Child::id).collect();
            server.wait_until_they_wait(&ids);
            lock.roll_back();
            let mut codes: Vec<_> =
                running.into_iter().map(|child| child.wait_with_output().unwrap().status.code()).collect();
            codes.sort();
            assert_eq!(codes, [Some(0), Some(1)], "{commands:?}");
            assert_eq!(admins(&server).len(), 1, "{commands:?}");
        }
    }
}
