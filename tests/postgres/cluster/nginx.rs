//! The nodes, and nginx in front of them.

use std::net::TcpListener;
use std::path::Path;

use tempfile::TempDir;

use crate::support::nginx::Reloading;
use crate::support::{Client, Server, certificates};

const CONF: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/deploy/nginx-cluster.conf");

/// The nodes of the configuration, in its order.
const ADDRESSES: [&str; 3] = ["10.0.0.11:8000", "10.0.0.12:8000", "10.0.0.13:8000"];

/// Where people find them.
const HOST: &str = "login.example.com";

/// Three nodes behind nginx.
pub struct Cluster {
    // Dropped first: nginx, then those behind it.
    nginx: Reloading,
    folder: TempDir,
    /// Where nginx listens without TLS, for a client that speaks none; the nodes can't tell the difference.
    port: u16,
    with_tls: u16,
    pub nodes: Vec<Server>,
}

impl Cluster {
    /// Starts all of it, with the sample accounts.
    pub fn start() -> Cluster {
        assert!(crate::support::postgres::cluster().is_some(), "run this by scripts/postgres");
        let first = node(Server::prepare()).and_seed().and_start();
        let others = [(); 2].map(|()| node(first.another_node()).and_start());
        let nodes: Vec<Server> = [first].into_iter().chain(others).collect();
        let (folder, port, with_tls) = (tempfile::tempdir().expect("a folder"), free_port(), free_port());
        certificates::certify(folder.path());
        let nginx = Reloading::listening(folder.path(), &conf(folder.path(), &nodes, port, with_tls, None), port);
        Cluster { nginx, folder, port, with_tls, nodes }
    }

    /// A browser that comes through nginx.
    pub fn browser(&self) -> Client {
        Client::new(self.port).browsing().with("Host", HOST)
    }

    /// The same at one node, past nginx.
    pub fn browser_at(&self, node: usize) -> Client {
        self.nodes[node].client().browsing().with("Host", HOST)
    }

    /// Lets nginx send nobody to this node, or to all again.
    pub fn take_out(&self, node: Option<usize>) {
        self.nginx.reload(&conf(self.folder.path(), &self.nodes, self.port, self.with_tls, node));
    }

    /// The same node, started again.
    pub fn replace(&mut self, node: usize) {
        self.take_out(Some(node));
        assert_eq!(self.nodes[node].terminate(), 0);
        self.nodes[node].start(&["serve"]);
        self.take_out(None);
    }
}

/// The settings of a node.
fn node(server: Server) -> Server {
    server.public(&format!("https://{HOST}")).with("VESTIBULE_TRUSTED_PROXIES", "[\"127.0.0.1\"]")
}

/// The configuration, with the addresses of this test.
fn conf(folder: &Path, nodes: &[Server], port: u16, with_tls: u16, out: Option<usize>) -> String {
    let mut conf = std::fs::read_to_string(CONF).expect("the configuration");
    let mut here = |there: &str, here: &str| {
        assert!(conf.contains(there), "{there} is not in {CONF}");
        conf = conf.replace(there, here);
    };
    for (number, (address, node)) in ADDRESSES.iter().zip(nodes).enumerate() {
        let down = if out == Some(number) { " down" } else { "" };
        here(&format!("server {address}"), &format!("server 127.0.0.1:{}{down}", node.port));
    }
    here("listen 443 ssl http2;", &format!("listen 127.0.0.1:{with_tls} ssl http2; listen 127.0.0.1:{port};"));
    here("listen 80;", &format!("listen 127.0.0.1:{};", free_port()));
    here("/etc/ssl/login.example.com.pem", &folder.join("site.pem").display().to_string());
    here("/etc/ssl/login.example.com.key", &folder.join("site.key").display().to_string());
    conf
}

/// A port that nobody listens on.
fn free_port() -> u16 {
    let free = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr());
    free.expect("a port is free").port()
}
