//! https without a proxy.

use std::io::Read;
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

use crate::support::Server;

/// A certificate for loopback and its key, in files of the server's folder.
pub(super) fn with_certificate(server: Server) -> Server {
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"])
        .args(["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"])
        .args(["-keyout", "key.pem", "-out", "cert.pem"])
        .current_dir(server.folder())
        .output()
        .expect("openssl is needed for this test");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    server.with("ROCKET_TLS", r#"{certs="cert.pem", key="key.pem"}"#)
}

fn curl(server: &Server, arguments: &[&str]) -> String {
    let output = Command::new("curl")
        .args(["-sS", "-i", "--cacert", "cert.pem", "--max-time", "20"])
        .args(arguments)
        .current_dir(server.folder())
        .output()
        .expect("curl is needed for this test");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_person_logs_in_over_tls() {
    let server = with_certificate(Server::prepare().and_seed()).and_start();
    let url = format!("https://127.0.0.1:{}", server.port);
    for version in ["--tlsv1.2", "--tlsv1.3"] {
        let page = curl(&server, &[version, "--tls-max", &version[6..], &format!("{url}/login")]);
        assert!(page.starts_with("HTTP/1.1 200"), "{page}");
        assert!(!page.to_lowercase().contains("strict-transport-security"), "not on loopback: {page}");
    }
    let login = curl(&server, &["-H", "Accept: text/html", "-d", "username=roy&password=roy", &format!("{url}/login")]);
    assert!(login.starts_with("HTTP/1.1 303") && login.contains("__Host-session="), "{login}");
}

#[test]
fn those_that_send_no_handshake_give_way_to_newer_ones() {
    let server = with_certificate(Server::prepare().and_seed())
        .with("VESTIBULE_CONNECTIONS_PER_NETWORK", "16")
        .with("VESTIBULE_SILENT_CONNECTION_SECONDS", "3600")
        .and_start();
    let mut silent: Vec<TcpStream> = (0..100)
        .map(|_| {
            let stream = TcpStream::connect(("127.0.0.1", server.port)).expect("the server listens");
            stream.set_read_timeout(Some(Duration::from_secs(120))).unwrap();
            stream
        })
        .collect();
    let kept = silent.split_off(84);
    for mut stream in silent {
        assert_eq!(stream.read(&mut [0]).expect("it is closed"), 0);
    }
    for mut stream in kept {
        stream.set_nonblocking(true).unwrap();
        let open = stream.read(&mut [0]).expect_err("it is still open").kind();
        assert_eq!(open, std::io::ErrorKind::WouldBlock);
    }
    assert!(curl(&server, &[&format!("https://127.0.0.1:{}/login", server.port)]).starts_with("HTTP/1.1 200"));
}

#[test]
fn ciphers_are_those_of_the_setting() {
    let server = with_certificate(Server::prepare().and_seed())
        .with("ROCKET_TLS", r#"{certs="cert.pem", key="key.pem", ciphers=["TLS_AES_128_GCM_SHA256"]}"#)
        .and_start();
    let url = format!("https://127.0.0.1:{}/login", server.port);
    assert!(curl(&server, &["--tls13-ciphers", "TLS_AES_128_GCM_SHA256", &url]).starts_with("HTTP/1.1 200"));
    let other = Command::new("curl")
        .args(["-sS", "--cacert", "cert.pem", "--tlsv1.3", "--tls13-ciphers", "TLS_AES_256_GCM_SHA384", &url])
        .current_dir(server.folder())
        .output()
        .expect("curl is needed for this test");
    assert!(!other.status.success(), "a suite that the setting leaves out");
}

#[test]
fn certificates_that_can_t_be_used_are_told_by_their_setting() {
    let mut server = with_certificate(Server::prepare().and_seed());
    let file = |name: &str, text: &str| std::fs::write(server.folder().join(name), text).unwrap();
    file("empty.pem", "nothing\n");
    file("cut.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n");
    let other = with_certificate(Server::prepare());
    std::fs::copy(other.folder().join("key.pem"), server.folder().join("other.pem")).unwrap();
    for (tls, said) in [
        (r#"{certs="missing.pem", key="key.pem"}"#, "missing.pem (setting `tls.certs`) can't be read (No such file"),
        (r#"{certs=".", key="key.pem"}"#, " (setting `tls.certs`) can't be read (Is a directory"),
        (
            r#"{certs="empty.pem", key="key.pem"}"#,
            "empty.pem (setting `tls.certs`) has no certificate in PEM: use a file",
        ),
        (r#"{certs="cut.pem", key="key.pem"}"#, "cut.pem (setting `tls.certs`) has no certificate in PEM ("),
        (r#"{certs="cert.pem", key="missing.pem"}"#, "missing.pem (setting `tls.key`) can't be read (No such file"),
        (r#"{certs="cert.pem", key="empty.pem"}"#, "empty.pem (setting `tls.key`) has no private key in PEM"),
        (r#"{certs="cert.pem", key="cert.pem"}"#, "cert.pem (setting `tls.key`) has no private key in PEM"),
        (
            r#"{certs="cert.pem", key="other.pem"}"#,
            "other.pem (setting `tls.key`) does not belong to the first certificate",
        ),
    ] {
        server = server.with("ROCKET_TLS", tls);
        let refused = server.refuses_to_start(&["serve"]);
        assert!(refused.code == 1 && refused.stderr.contains(said), "{}", refused.stderr);
        assert!(!refused.stderr.contains("can't listen"), "{}", refused.stderr);
    }
}
