//! Secrets of sessions and devices that the bench knows: what the database has of them, and the cookies that browsers
//! would have, encrypted by Rocket with the server's own key.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rocket::figment::Figment;
use rocket::local::blocking::Client;
use sha2::{Digest, Sha256};

use crate::support::Server;

/// A secret as a cookie holds it.
pub fn new_secret() -> String {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What the database has of it.
pub fn digest(secret: &str) -> String {
    let bytes = URL_SAFE_NO_PAD.decode(secret).expect("it is one of ours");
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Makes cookies as a server does.
pub struct Seal(Client);

impl Seal {
    /// That of a server which has run, or has made accounts, at least once.
    pub fn of(server: &Server) -> Seal {
        let key = std::fs::read_to_string(server.folder().join("data/secret_key")).expect("it has a key");
        let figment = Figment::from(rocket::Config::release_default())
            .merge(("secret_key", key.trim()))
            .merge(("log_level", "off"));
        Seal(Client::untracked(rocket::custom(figment)).expect("it starts"))
    }

    /// The two cookies of a browser that has logged in: its session, and that it is known.
    pub fn browser(&self, session: &str, device: &str) -> String {
        format!("{}; {}", self.cookie("session", session), self.cookie("device", device))
    }

    pub fn cookie(&self, name: &'static str, secret: &str) -> String {
        let request = self.0.get("/").private_cookie((name, secret.to_owned()));
        let cookie = request.inner().cookies().get(name).expect("it was put there").value().to_owned();
        format!("{name}={cookie}")
    }
}
