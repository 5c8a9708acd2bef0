//! `vestibule serve`: what it says before it serves.

use crate::support::{GOOD_PASSWORD, Server};

#[test]
fn without_a_command_it_serves() {
    let mut server = Server::prepare().and_seed();
    server.start(&[]);
    assert!(server.admin().is_signed_in());
}

#[test]
fn it_says_where_it_listens_for_whom_and_on_which_data() {
    let server = Server::empty();
    let (port, folder) = (server.port, server.folder().canonicalize().unwrap());
    let line = format!(
        "Vestibule {} listens on 127.0.0.1:{port} (http), no public URL (it answers to 127.0.0.1:{port}, localhost:{port}, \
         [::1]:{port} only), data folder {}/data",
        env!("CARGO_PKG_VERSION"),
        folder.display()
    );
    assert!(server.stderr().lines().any(|said| said == line), "{line}\n{}", server.stderr());
    let hint = "Behind a proxy: set `public_url` to the address that people type, set `trusted_proxies` to the proxy's \
                address, and make the proxy pass on Host and send X-Forwarded-For.";
    assert!(server.stderr().lines().any(|said| said == hint), "{}", server.stderr());

    let proxied = Server::prepare().public("https://login.example.com").and_start();
    let line = format!("listens on 127.0.0.1:{} (http), public URL https://login.example.com, data", proxied.port);
    assert!(proxied.stderr().contains(&line), "{}", proxied.stderr());
    assert!(proxied.stderr().contains("Behind a proxy: set `trusted_proxies`"), "{}", proxied.stderr());

    let all_set =
        Server::prepare().public("https://login.example.com").with("VESTIBULE_TRUSTED_PROXIES", "[\"10.0.0.1\"]");
    let all_set = all_set.and_start();
    assert!(!all_set.stderr().contains("Behind a proxy"), "{}", all_set.stderr());
}

#[test]
fn without_a_public_url_it_is_told_and_reached_by_the_address_that_it_listens_on() {
    let server = Server::prepare().with("ROCKET_ADDRESS", "127.0.0.2").and_start();
    let port = server.port;
    assert!(
        server.stderr().contains(&format!("Vestibule is ready at http://127.0.0.2:{port}\n")),
        "{}",
        server.stderr()
    );
    let curl = std::process::Command::new("curl")
        .args([
            "-sS",
            "-o",
            "/dev/null",
            "-w",
            "%{http_code}",
            "--max-time",
            "20",
            &format!("http://127.0.0.2:{port}/login"),
        ])
        .output()
        .expect("curl is needed for this test");
    assert_eq!(String::from_utf8_lossy(&curl.stdout), "200", "{}", String::from_utf8_lossy(&curl.stderr));
    let v6 = Server::prepare().with("ROCKET_ADDRESS", "::1").and_start();
    assert!(v6.stderr().contains(&format!("Vestibule is ready at http://[::1]:{}\n", v6.port)), "{}", v6.stderr());
}

#[test]
fn with_seed_it_makes_sample_accounts_the_first_time_only() {
    let mut server = Server::prepare();
    server.start(&["serve", "--seed"]);
    assert!(server.stderr().contains("admin/password (an admin)"), "{}", server.stderr());
    server.admin();
    assert_eq!(server.terminate(), 0);
    server.cli_with_stdin(&["user", "set-password", "admin", "--password-stdin"], GOOD_PASSWORD);
    server.cli(&["user", "delete", "roy", "--yes"]);

    server.start(&["serve", "--seed"]);
    let said = "There are accounts already: no sample accounts were made.";
    assert!(server.stderr().contains(said), "{}", server.stderr());
    assert!(!server.stderr().contains("admin/password"), "{}", server.stderr());
    assert_eq!(server.client().log_in("admin", GOOD_PASSWORD).leads_to(), (303, "/"), "nothing was changed");
    assert_eq!(server.client().log_in("roy", "roy").leads_to(), (303, "/login"));
}

#[test]
fn with_seed_it_refuses_an_address_that_others_can_reach() {
    for address in ["0.0.0.0", "::", "192.0.2.1"] {
        let server =
            Server::prepare().with("ROCKET_ADDRESS", address).with("VESTIBULE_PUBLIC_URL", "https://login.example.com");
        let refused = server.refuses_to_start(&["serve", "--seed"]);
        assert!(refused.code == 1 && refused.stderr.contains("--seed"), "{refused:?}");
        assert!(!server.folder().join("data").exists(), "{address}: nothing was made");
    }
}

#[test]
fn a_port_that_is_taken_is_said_so() {
    let server = Server::seeded();
    let second = Server::prepare().with("ROCKET_PORT", &server.port.to_string());
    let refused = second.refuses_to_start(&["serve"]);
    assert!(refused.code == 1 && refused.stderr.contains("can't listen on 127.0.0.1"), "{refused:?}");
    assert!(!refused.stderr.contains("panicked"), "{refused:?}");
}

#[test]
fn a_start_beside_a_running_server_changes_nothing_and_leaves_its_setup_link() {
    let server = Server::empty();
    let link = server.stderr().split("/setup?token=").nth(1).expect("a link").lines().next().unwrap().to_owned();
    let second = server.command(&["serve"]).env("ROCKET_PORT", server.port.to_string()).output().expect("it runs");
    assert_eq!(second.status.code(), Some(1), "{second:?}");
    let opened = server.client().get(&format!("/setup?token={link}"));
    assert_eq!(opened.leads_to(), (303, "/setup"), "the link still opens: {}", opened.body);

    let elsewhere = Server::prepare().with("ROCKET_PORT", &server.port.to_string());
    elsewhere.refuses_to_start(&["serve"]);
    assert!(!elsewhere.folder().join("data").exists(), "nothing was made");
}

#[test]
fn a_cheap_hash_is_warned_about() {
    let server = Server::empty();
    assert!(server.stderr().contains("Warning: bcrypt_cost is below 10"), "{}", server.stderr());
}

#[test]
fn proxies_that_are_everyone_are_warned_about() {
    for (proxies, named) in [
        ("[\"0.0.0.0/0\"]", &["0.0.0.0/0"][..]),
        ("[\"10.0.0.0/8\", \"::/0\"]", &["::/0"]),
        ("[\"1.2.3.4/0\", \"::1/0\"]", &["1.2.3.4/0", "::1/0"]),
        ("[\"10.0.0.0/8\", \"::1/128\"]", &[]),
    ] {
        let server = Server::prepare().with("VESTIBULE_TRUSTED_PROXIES", proxies).and_start();
        let said = server.stderr();
        assert_eq!(said.matches("Warning: trusted_proxies names ").count(), named.len(), "{proxies}: {said}");
        for network in named {
            assert!(said.contains(&format!("trusted_proxies names {network}, which is everyone")), "{said}");
        }
    }
}
