//! What a request looks like when it arrives, for `vestibule check`, which asks through the proxy.
//!
//! Only whoever has the secret key is answered: the question is signed with it, and worth nothing after a minute. To
//! anybody else the address is one that does not exist.

use std::net::IpAddr;

use rocket::http::Status;
use rocket::http::uri::Origin;
use rocket::request::{FromRequest, Outcome};
use rocket::serde::json::Json;
use rocket::{Request, Route, get, routes};
use serde::{Deserialize, Serialize};

use super::{Site, client, paths};
use crate::config::SecretKey;
use crate::notation::hex;

/// How many seconds a question may be old, or from the future of another clock.
const LIFETIME: u64 = 60;

/// Where questions are put, each as one more part of the path.
const ASKED_AT: &str = "/.reached/";

/// What signatures are for.
const PURPOSE: &str = "check: how the server is reached";

/// What knows a question of ours. Managed by Rocket.
pub struct Reach(SecretKey);

/// How a request arrived.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// The `Host` that it named.
    pub host: Option<String>,
    /// Whether the server answers to that.
    pub is_our_host: bool,
    /// Who opened the connection.
    pub peer: Option<IpAddr>,
    /// Whether that is one of `trusted_proxies`.
    pub is_trusted: bool,
    /// The address that limits and the audit go by.
    pub address: Option<IpAddr>,
    /// The addresses of `X-Forwarded-For`, as they were sent.
    pub forwarded: Vec<String>,
}

impl Reach {
    /// For questions that are signed with this key.
    pub fn new(key: &SecretKey) -> Reach {
        Reach(key.clone())
    }

    /// The path by which to ask at this second of Unix time.
    pub fn path(&self, now: u64) -> String {
        format!("{ASKED_AT}{now}.{}", self.signature(now))
    }

    /// Whether a path is a question of ours.
    fn knows(&self, path: &str, now: u64) -> bool {
        use subtle::ConstantTimeEq;
        let Some((at, signature)) = path.strip_prefix(ASKED_AT).and_then(|question| question.split_once('.')) else {
            return false;
        };
        let Ok(at) = at.parse::<u64>() else { return false };
        now.abs_diff(at) <= LIFETIME && bool::from(self.signature(at).as_bytes().ct_eq(signature.as_bytes()))
    }

    fn signature(&self, at: u64) -> String {
        hex(&self.0.mac(PURPOSE, &at.to_string()))
    }
}

/// Points a request that is a question of ours at the route that answers it, and says so. Whatever else is the matter
/// with it, such as its `Host`, is what was asked for.
pub(super) fn is_asked(request: &mut Request<'_>) -> bool {
    let path = request.uri().path();
    // Of all other requests no more is looked at.
    if !path.as_str().starts_with(ASKED_AT) || request.method() != rocket::http::Method::Get {
        return false;
    }
    let reach: Option<&Reach> = request.rocket().state();
    let now = u64::try_from(chrono::Utc::now().timestamp()).unwrap_or_default();
    if !reach.is_some_and(|reach| reach.knows(path.as_str(), now)) {
        return false;
    }
    request.local_cache(|| Some(Asked));
    request.set_uri(Origin::parse(paths::REACHED).expect("it is a path"));
    true
}

/// That a question of ours was asked.
struct Asked;

#[get("/.reached")]
fn show(reached: Reached) -> Json<Reached> {
    Json(reached)
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Reached {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        if request.local_cache(|| None::<Asked>).is_none() {
            return Outcome::Error((Status::NotFound, ()));
        }
        let site = Site::of(request);
        let (headers, port) = (request.headers(), request.rocket().config().port);
        let peer = request.remote().map(|peer| peer.ip().to_canonical());
        let forwarded = headers.get("x-forwarded-for").flat_map(|line| line.split(','));
        Outcome::Success(Reached {
            host: headers.get_one("host").map(str::to_owned),
            is_our_host: headers.get_one("host").is_some_and(|host| site.origins.is_our_host(host, port)),
            peer,
            is_trusted: peer.is_some_and(|peer| site.trusted_proxies.iter().any(|network| network.contains(&peer))),
            address: client::address(request),
            forwarded: forwarded.map(|hop| hop.trim().to_owned()).collect(),
        })
    }
}

/// The inner route.
pub fn routes() -> Vec<Route> {
    routes![show]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_question_that_is_signed_and_young_is_known() {
        let key = |letter: &str| SecretKey::parse(&(letter.repeat(85) + "A==")).unwrap();
        let (ours, other) = (Reach::new(&key("C")), Reach::new(&key("D")));
        let path = ours.path(1_000_000);
        assert!(ours.knows(&path, 1_000_000) && ours.knows(&path, 1_000_060) && ours.knows(&path, 999_940));
        assert!(!ours.knows(&path, 1_000_061) && !ours.knows(&path, 999_939));
        assert!(!other.knows(&path, 1_000_000));
        let later = path.replace("1000000.", "1000030.");
        for wrong in [later.as_str(), "/.reached/", "/.reached/1000000", "/.reached/1000000.", "/.reached/x.y", "/"] {
            assert!(!ours.knows(wrong, 1_000_000), "{wrong}");
        }
        assert!(!ours.knows(&path[..path.len() - 1], 1_000_000));
    }
}
