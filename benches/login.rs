//! `cargo bench --bench login`: whether the time of a failed login tells anything about the account. Attempts of every
//! kind take turns, so that the machine's moods hit all alike; medians are compared with that of an unknown name.

#[path = "../tests/support/mod.rs"]
mod support;

use std::time::{Duration, Instant};

use support::{Client, Server};

const ROUNDS: usize = 25;

/// A name for each kind of account, and what is special about it.
const KINDS: &[(&str, &str)] = &[
    ("nobody", "unknown name"),
    ("roy", "wrong password"),
    ("jumpiness", "disabled account"),
    ("python", "no password"),
    ("cheap", "cheaper old hash"),
    ("foreign", "hash of Werkzeug"),
    ("ldap", "salted SHA-1"),
    ("linux", "SHA-512 crypt"),
    ("wordpress", "dearer WordPress"),
    ("dear", "dearer plain bcrypt"),
];

const WERKZEUG: &str = "pbkdf2:sha256:150000$k1Ud5dzh$d0347f416e89ea486b33c988c9be65730329b2dd6d712f73c9920103a006a82e";

/// By OpenLDAP 2.5.13: `slappasswd -h '{SSHA}'`. Next to no work.
const LDAP: &str = "{SSHA}pkdSu3EP0S/55FFN8rmiPjt+m7BTL0xN";

/// By crypt(3): `mkpasswd -m sha-512`. Takes longer for longer passwords.
const LINUX: &str =
    "$6$F5Cw6TFHu4l72hqY$ffyVYhmXgWNba9A39b9SneRBI28.epJrDruz3fyk.4daCuUdW8QKlmOgOtA5RPPdSSZAHsPCfAn9CgiIH3u601";

/// As PHP makes it, by bcrypt 4.3.0, of the HMAC of "correct horse battery". Twice the work of a new hash.
const WORDPRESS: &str = "$wp$2y$13$dJsrALtN87ifdlIBmeFVDeNoP6jp7NEBUMJCqQP1wOVYzhi93Zn9O";

/// By bcrypt 4.3.0: `bcrypt.hashpw(b"correct horse battery", bcrypt.gensalt(13))`. Twice the work of a new hash.
const PLAIN_BCRYPT: &str = "$2b$13$1i80vX8wS/LlYr2ZG03itOf4n.6RCI948LBiMjrjS0zBPbc88MdWa";

fn main() {
    let server = Server::prepare().with("VESTIBULE_BCRYPT_COST", "10").and_seed();
    for name in ["cheap", "foreign", "ldap", "linux", "wordpress", "dear"] {
        server.cli_with_stdin(&["user", "add", name, "--password-stdin"], "correct horse battery\n");
    }
    let server = server.with("VESTIBULE_BCRYPT_COST", "12");
    server.cli_with_stdin(&["user", "set-password", "roy", "--password-stdin"], "correct horse battery\n");
    server.cli(&["user", "disable", "jumpiness"]);
    server.execute("UPDATE users SET password_hash = NULL WHERE username = 'python'");
    server.execute(&format!("UPDATE users SET password_hash = '{WERKZEUG}' WHERE username = 'foreign'"));
    server.execute(&format!("UPDATE users SET password_hash = '{LDAP}' WHERE username = 'ldap'"));
    server.execute(&format!("UPDATE users SET password_hash = '{LINUX}' WHERE username = 'linux'"));
    server.execute(&format!("UPDATE users SET password_hash = '{WORDPRESS}' WHERE username = 'wordpress'"));
    server.execute(&format!("UPDATE users SET password_hash = '{PLAIN_BCRYPT}' WHERE username = 'dear'"));
    let server = server.and_start();

    for (door, client) in [("page", server.client()), ("JSON", server.client().json())] {
        let mut times: Vec<Vec<Duration>> = vec![Vec::new(); KINDS.len()];
        for _ in 0..ROUNDS {
            for ((name, _), times) in KINDS.iter().zip(&mut times) {
                times.push(time(client.clone(), name));
            }
        }
        let medians: Vec<Duration> = times.into_iter().map(median).collect();
        for ((_, kind), median) in KINDS.iter().zip(&medians) {
            let ratio = median.as_secs_f64() / medians[0].as_secs_f64();
            println!(
                "{door:5} {kind:18} median {:6.1} ms, {ratio:.3} of an unknown name",
                median.as_secs_f64() * 1000.0
            );
        }
    }
}

fn time(mut client: Client, name: &str) -> Duration {
    let started = Instant::now();
    let answer = client.log_in(name, "not the password");
    let took = started.elapsed();
    assert!(matches!(answer.status, 303 | 401), "{}", answer.status);
    took
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
