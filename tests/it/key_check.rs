//! All nodes of one database share the secret key: whoever comes with another one is told so, and what to copy.

use std::fs;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::support::Server;

const INSIST: &str = "VESTIBULE_ALLOW_NEW_KEY_OR_DATABASE";

#[test]
fn a_node_without_the_key_of_the_first_one_does_not_start_and_makes_none() {
    let first = Server::empty();
    let second = first.on_the_same_database();
    let file = second.folder().join("data/secret_key");
    for accounts in [false, true] {
        let refused = second.refuses_to_start(&["serve"]);
        assert_eq!((refused.code, refused.stdout.as_str()), (1, ""), "{refused:?}");
        for part in ["there is no secret key", "data/secret_key", INSIST] {
            assert!(refused.stderr.contains(part), "{part}: {refused:?}");
        }
        assert!(!file.exists(), "none was made");
        if !accounts {
            assert!(refused.stderr.contains("copy it there") && refused.stderr.contains("VESTIBULE_SECRET_KEY"));
            assert_eq!(first.cli(&["user", "add", "anna", "--random"]).code, 0);
        }
    }
}

#[test]
fn a_node_with_another_key_is_told_what_to_copy_and_starts_with_the_right_one() {
    let first = Server::seeded();
    let browser = first.signed_in("roy", "roy");
    let second = first.on_the_same_database().with("VESTIBULE_SECRET_KEY", &STANDARD.encode([7; 64]));
    for command in [&["serve"][..], &["user", "list"], &["session", "end", "--all"]] {
        let refused = second.refuses_to_start(command);
        assert_eq!((refused.code, refused.stdout.as_str()), (1, ""), "{command:?}: {refused:?}");
        for part in ["is used with another secret key", "data/secret_key", INSIST] {
            assert!(refused.stderr.contains(part), "{command:?}: {part}: {refused:?}");
        }
    }
    let second = second.without("VESTIBULE_SECRET_KEY");
    fs::create_dir_all(second.folder().join("data")).unwrap();
    fs::copy(first.folder().join("data/secret_key"), second.folder().join("data/secret_key")).unwrap();
    let second = second.and_start();
    let mut client = second.client();
    client.jar = browser.jar;
    assert!(client.is_signed_in(), "whom the first one knows, the second one knows too");
}

#[test]
fn whoever_insists_on_another_key_has_it_from_then_on() {
    let server = Server::prepare().and_seed();
    let other = STANDARD.encode([9; 64]);
    let server = server.with("VESTIBULE_SECRET_KEY", &other).with(INSIST, "true");
    assert_eq!(server.cli(&["user", "list"]).code, 0);
    let server = server.without(INSIST);
    assert_eq!(server.cli(&["user", "list"]).code, 0);
    let refused = server.without("VESTIBULE_SECRET_KEY").cli(&["user", "list"]);
    assert!(refused.code == 1 && refused.stderr.contains("is used with another secret key"), "{refused:?}");
}
