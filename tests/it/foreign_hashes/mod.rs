//! Accounts that moved here with the password hash that another program made: the old password logs in, and from
//! then on the hash is ours. Each hash stands on an account of its own, so that no limit on attempts gets in the way.

mod by_commands;
mod by_python;
mod from_elsewhere;

use crate::support::Server;
use crate::support::client::Reply;

const OURS: &str = "$bcrypt-sha256$v=2,t=2b,r=4$";

/// What the hashes below were made of, except where it says otherwise.
const PASSWORD: &str = "Grüße, Zoë";

#[test]
fn seed_000_the_row_of_roy_logs_in_with_the_old_password() {
    let roy = "pbkdf2:sha256:150000$k1Ud5dzh$d0347f416e89ea486b33c988c9be65730329b2dd6d712f73c9920103a006a82e";
    let server = Server::seeded();
    moves_in(&server, "roy", "roy", roy);
}

#[test]
fn a_password_that_was_hashed_as_it_was_typed_still_logs_in_and_afterwards_in_either_spelling() {
    // Each dot above a letter is a character of its own; hashed by Werkzeug 3.1.9 and by bcrypt 4.3.0.
    let (decomposed, composed) = ("nai\u{308}ve Zoe\u{308}", "na\u{ef}ve Zo\u{eb}");
    let hashes = [
        "pbkdf2:sha256:10$y624DQ8Zqjlhlo4e$14910416f304c13c740720ac79fcc6af8e1c3f8ff34a72e2035a2b433dd1858c",
        "$2b$04$Hw/B/BLLt1gDw1pd2w61oucqGHwXuSsq4iMFgWC6CtfyBzqGL0U0y",
    ];
    let server = Server::seeded();
    for (username, hash) in ["python", "jumpiness"].into_iter().zip(hashes) {
        moves_in(&server, username, decomposed, hash);
        assert!(is_in(&server.client().log_in(username, composed)), "{hash}");
    }
    // And the other way round: what was hashed composed may be typed decomposed.
    let hash = "pbkdf2_sha256$10$seasalt$8bpy3DPhpkp/rERlz6WF3hqRCrcSz/ZqgbHp+0CEcYQ=";
    moves_in(&server, "roy", "Gru\u{308}ße, Zoe\u{308}", hash);
}

#[test]
fn a_hash_that_asks_for_the_impossible_is_a_wrong_password_and_the_server_goes_on() {
    let hashes = [
        ("roy", "pbkdf2:sha256:4000000000$k1Ud5dzh$d0347f416e89ea486b33c988c9be65730329b2dd6d712f73c9920103a006a82e"),
        ("python", "$2b$31$aCQEV55aOq.hfztGPUoa/O4gOobdSYSKJcma4bHUN19nEQkpcCIdi"),
        ("jumpiness", "$argon2id$v=19$m=4000000000,t=1,p=1$c29tZXNhbHQ$d4qCdYG3FMxiFbl8Y/aviw"),
        ("admin", "$bcrypt-sha256$v=2,t=2b,r=31$g/g4FmLsrfJ.1v4czGDDxu$MtCU0gtfXFyDNjUhiZ2fJbReGV0fL.e"),
    ];
    let server = Server::seeded();
    for (username, hash) in hashes {
        store(&server, username, hash);
        assert!(!is_in(&server.client().log_in(username, "roy")), "{hash}");
        assert_eq!(stored(&server, username), hash);
    }
    assert_eq!(server.client().get("/login").status, 200);
}

#[test]
fn hashes_that_are_too_dear_to_hide_are_warned_of_once_and_others_never() {
    // bcrypt 4.3.0
    let dear = "$2b$15$xl8tmCtbbBgjxexXNHDhAes8DV2pQUqkN2biUrsTezOMd6PZxT9m.";
    let warning = "takes longer to check than bcrypt of cost 14";
    let mut server = Server::prepare().and_seed();
    store(&server, "jumpiness", "$2b$13$1i80vX8wS/LlYr2ZG03itOf4n.6RCI948LBiMjrjS0zBPbc88MdWa");
    server.start(&["serve"]);
    assert!(!server.stderr().contains(warning), "{}", server.stderr());
    server.kill();
    store(&server, "roy", dear);
    store(&server, "python", dear);
    server.start(&["serve"]);
    let said = server.stderr();
    let lines: Vec<&str> = said.lines().filter(|line| line.contains(warning)).collect();
    assert_eq!(lines.len(), 1, "{said}");
    assert!(lines[0].contains("2 (python, roy)") && lines[0].contains("vestibule user set-password"), "{said}");
    assert!(!said.contains("jumpiness"), "{said}");
}

/// Gives each hash to an account of its own.
fn each_moves_in(hashes: &[impl AsRef<str>]) {
    let server = Server::empty();
    for (index, hash) in hashes.iter().map(AsRef::as_ref).enumerate() {
        let username = format!("mover-{index}");
        let added = server.cli(&["user", "add", &username, "--random"]);
        assert_eq!(added.code, 0, "{}", added.stderr);
        moves_in(&server, &username, PASSWORD, hash);
    }
}

/// A wrong password changes nothing; the right one logs in and replaces the hash; the new hash takes it too.
fn moves_in(server: &Server, username: &str, password: &str, hash: &str) {
    store(server, username, hash);
    assert!(!is_in(&server.client().log_in(username, "not the password")), "{hash}");
    assert_eq!(stored(server, username), hash, "a wrong password changes nothing");
    assert!(is_in(&server.client().log_in(username, password)), "{hash}");
    let replaced = stored(server, username);
    assert!(replaced.starts_with(OURS), "{hash} became {replaced}");
    assert!(is_in(&server.client().log_in(username, password)), "again, after {hash}");
    assert_eq!(stored(server, username), replaced, "once is enough");
}

fn is_in(reply: &Reply) -> bool {
    match reply.leads_to() {
        (303, "/") => true,
        (303, "/login") => false,
        _ => panic!("neither in nor out: {reply:#?}"),
    }
}

fn store(server: &Server, username: &str, hash: &str) {
    let statement = format!("UPDATE users SET password_hash = '{hash}' WHERE username = '{username}'");
    assert_eq!(server.execute(&statement), 1);
}

fn stored(server: &Server, username: &str) -> String {
    server.sql(&format!("SELECT password_hash FROM users WHERE username = '{username}'")).remove(0)
}
