//! The proxies of `docs/deploy` in front, with certificates of a local authority: a browser logs in through each, and
//! the commonest mistake with each has its message in the log.

use std::path::Path;

use crate::support::running::Running;
use crate::support::{Server, certificates, nginx, wait_for};
use crate::tools::{Folder, docs, free_port, run};

/// A server behind a proxy that people reach by https.
struct Site {
    folder: Folder,
    /// The proxy's port, which is a part of the public address here.
    port: u16,
    server: Server,
}

impl Site {
    fn trusting(proxies: &str) -> Site {
        let (folder, port) = (Folder::new(), free_port());
        certificates::certify(folder.path());
        let server = Server::prepare()
            .with("ROCKET_PORT", &free_port().to_string())
            .with("VESTIBULE_PUBLIC_URL", &format!("https://login.example.com:{port}"))
            .with("VESTIBULE_TRUSTED_PROXIES", proxies)
            .and_seed()
            .and_start();
        Site { folder, port, server }
    }

    fn nginx_conf(&self) -> String {
        let conf = std::fs::read_to_string(docs("deploy/nginx.conf")).expect("the configuration");
        let here = |name: &str| self.folder.path().join(name).display().to_string();
        conf.replace("listen 443", &format!("listen 127.0.0.1:{}", self.port))
            .replace("listen 80", &format!("listen 127.0.0.1:{}", free_port()))
            .replace("/etc/ssl/login.example.com.pem", &here("site.pem"))
            .replace("/etc/ssl/login.example.com.key", &here("site.key"))
            .replace(":8000", &format!(":{}", self.server.port))
    }

    fn start_caddy(&self) -> Running {
        let file = std::fs::read_to_string(docs("deploy/Caddyfile")).expect("the configuration");
        // A certificate of ours instead of one from the internet, and no port 80.
        let file = file.replace(
            "login.example.com {",
            &format!("https://login.example.com:{} {{\n\tbind 127.0.0.1\n\ttls site.pem site.key", self.port),
        );
        let file = file.replace(":8000", &format!(":{}", self.server.port));
        self.folder.write("Caddyfile", &format!("{{\n\tadmin off\n\tauto_https disable_redirects\n}}\n{file}"));
        let mut caddy = self.folder.command(Path::new("caddy"));
        caddy.args(["run", "--config", "Caddyfile", "--adapter", "caddyfile"]);
        let home = self.folder.path();
        Running::listening(caddy.env("HOME", home).env("XDG_DATA_HOME", home).env("XDG_CONFIG_HOME", home), self.port)
    }

    /// What curl is answered, with the status on the last line. It trusts our authority, and keeps cookies.
    fn curl(&self, path: &str, arguments: &[&str]) -> String {
        let mut curl = self.folder.command(Path::new("curl"));
        curl.args(["-sS", "--cacert", "ca.pem", "-b", "jar", "-c", "jar", "-w", "\n%{http_code}"]);
        curl.args(["--resolve", &format!("login.example.com:{}:127.0.0.1", self.port)]).args(arguments);
        run(curl.arg(format!("https://login.example.com:{}{path}", self.port)))
    }

    /// Logs in by the form as a browser does, and looks at what the server thinks of it.
    fn log_in(&self) {
        let origin = format!("Origin: https://login.example.com:{}", self.port);
        let page = ["-H", "Accept: text/html", "-H", &origin];
        let fields = ["--data", "username=roy", "--data", "password=roy"];
        let answer = self.curl("/login", &[&page[..], &fields, &["-D", "head"]].concat());
        assert!(answer.ends_with("303"), "{answer}");
        let head = std::fs::read_to_string(self.folder.path().join("head")).unwrap().to_lowercase();
        assert!(head.contains("set-cookie: __host-session=") && head.contains("strict-transport-security"), "{head}");
        let home = self.curl("/", &page[..2]);
        assert!(home.contains("Roy") && home.ends_with("200"), "{home}");
        assert!(self.curl("/api/v1/session", &[]).ends_with("200"));
    }

    /// The log says this, of the mistake that was made.
    fn is_told(&self, words: &str) {
        wait_for("the log", || self.server.stderr().contains(words).then_some(()));
    }
}

#[test]
fn behind_nginx_people_log_in() {
    let site = Site::trusting("[\"127.0.0.1\"]");
    let _nginx = Running::listening(&mut nginx::command(site.folder.path(), &site.nginx_conf()), site.port);
    site.log_in();
    assert!(!site.server.stderr().contains("WARN"), "{}", site.server.stderr());
}

#[test]
fn an_nginx_that_keeps_the_host_to_itself_is_told_of() {
    let site = Site::trusting("[\"127.0.0.1\"]");
    let conf = site.nginx_conf().replace("proxy_set_header Host $http_host;", "");
    let _nginx = Running::listening(&mut nginx::command(site.folder.path(), &conf), site.port);
    assert!(site.curl("/login", &["-H", "Accept: text/html"]).ends_with("421"));
    site.is_told(&format!("asked for the host \"127.0.0.1:{}\"", site.server.port));
    site.is_told("nginx: proxy_set_header Host $http_host");
}

#[test]
fn behind_caddy_people_log_in() {
    let site = Site::trusting("[\"127.0.0.1\"]");
    let _caddy = site.start_caddy();
    site.log_in();
    assert!(!site.server.stderr().contains("WARN"), "{}", site.server.stderr());
}

#[test]
fn a_caddy_that_is_not_trusted_is_told_of() {
    let site = Site::trusting("[]");
    let _caddy = site.start_caddy();
    site.log_in();
    site.is_told("`trusted_proxies` does not have this address");
}
