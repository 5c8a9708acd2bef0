//! What the way to the server hands on: the host that people typed, and the address that they come from.

use std::time::{SystemTime, UNIX_EPOCH};

use url::Url;

use super::ask::{Answer, MADE_UP, ask};
use crate::check::{Finding, note, ok, wrong};
use crate::config::{Config, SecretKey};
use crate::http::reach::{Reach, Reached};

const PROXY: &str = "proxy";

/// Where to ask, and whether the operator said so.
pub(super) enum Asked {
    /// At this address.
    At(Url),
    /// Where `public_url` says.
    AtPublicUrl,
    /// Nobody did: there too, if a server runs.
    ByItself,
}

/// Asks, if there is somebody to ask.
pub(super) async fn reached(config: &Config, rocket: &rocket::Config, asked: Asked) -> Vec<Finding> {
    let by_itself = matches!(asked, Asked::ByItself);
    if by_itself && !(config.origins.are_set() && config.is_served().unwrap_or(false)) {
        return Vec::new();
    }
    let url = match asked {
        Asked::At(url) => url,
        Asked::AtPublicUrl | Asked::ByItself => match Url::parse(&config.origins.front_door(rocket.port)) {
            Ok(url) => url,
            Err(error) => return vec![wrong(PROXY, format!("the address of the server can't be read: {error}"))],
        },
    };
    let key = match SecretKey::load(config) {
        Ok(Some(key)) => key,
        Ok(None) | Err(_) => {
            return vec![note(PROXY, format!("{url} can't be asked without the secret key of the server"))];
        }
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let is_behind_proxy = url.scheme() == "https" && !rocket.tls_enabled();
    match ask(&url, &Reach::new(&key).path(now)).await {
        Answer::Reached(reached) => judge(url.as_str(), &reached, is_behind_proxy),
        // Not every machine reaches its own public address.
        Answer::None(why) if by_itself => vec![note(
            PROXY,
            format!("{url} can't be asked from here ({why}): `vestibule check --url` on another machine says more"),
        )],
        Answer::None(why) => vec![wrong(PROXY, format!("{url} can't be asked: {why}"))],
        Answer::Elsewhere(place) => vec![wrong(
            PROXY,
            format!("{url} leads elsewhere, to {place}: ask there with `--url`, or correct `public_url`"),
        )],
        Answer::Stranger(status) => vec![wrong(
            PROXY,
            format!(
                "{url} is answered with {status}, and not by this server: the proxy leads somewhere else, the server \
                 does not run, it has another secret key, or the clocks differ by more than a minute"
            ),
        )],
    }
}

/// What is to be said of how a request arrived that claimed to be handed on for an address that nobody has.
fn judge(url: &str, reached: &Reached, is_behind_proxy: bool) -> Vec<Finding> {
    vec![judge_host(url, reached), judge_address(url, reached, is_behind_proxy)]
}

fn judge_host(url: &str, reached: &Reached) -> Finding {
    match &reached.host {
        Some(host) if reached.is_our_host => ok(PROXY, format!("{url} leads to this server, with the host {host}")),
        Some(host) => wrong(
            PROXY,
            format!(
                "{url} arrives with the host {host}, to which the server does not answer: make the proxy pass on the \
                 Host header (nginx: proxy_set_header Host $http_host; Apache: ProxyPreserveHost On), or set \
                 `public_url` to the address that people type"
            ),
        ),
        None => wrong(PROXY, format!("{url} arrives without a host: make the proxy pass on the Host header")),
    }
}

fn judge_address(url: &str, reached: &Reached, is_behind_proxy: bool) -> Finding {
    let show = |address: Option<std::net::IpAddr>| address.map_or("?".to_owned(), |address| address.to_string());
    let (peer, address) = (show(reached.peer), show(reached.address));
    let last = reached.forwarded.last().map(String::as_str);
    match (reached.is_trusted, last) {
        (true, Some(MADE_UP)) => wrong(
            PROXY,
            format!(
                "{peer} hands on the X-Forwarded-For that a visitor makes up, and is trusted: anyone can choose the \
                 address that limits and the audit go by. Make the proxy add the address that it sees (nginx: \
                 proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for); if there is no proxy, take {peer} out of \
                 `trusted_proxies`"
            ),
        ),
        (true, Some(_)) if address == MADE_UP => note(
            PROXY,
            format!(
                "the proxy {peer} says that this request came from {}, which is a trusted proxy itself: ask from another \
                 machine to see whether the addresses of visitors arrive",
                last.unwrap_or_default()
            ),
        ),
        (true, Some(_)) => ok(PROXY, format!("the proxy {peer} says that this request came from {address}")),
        (true, None) => wrong(
            PROXY,
            format!(
                "the trusted proxy {peer} sends no X-Forwarded-For, so all who come through it count as one (nginx: \
                 proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for)"
            ),
        ),
        (false, _) if is_behind_proxy || last != Some(MADE_UP) => wrong(
            PROXY,
            format!(
                "{url} arrives from {peer}, which is not one of `trusted_proxies`, so all who come through it count as \
                 one. If it is your proxy, add it, such as: VESTIBULE_TRUSTED_PROXIES='[\"{peer}\"]'"
            ),
        ),
        (false, _) => ok(PROXY, format!("this request came from {peer}, without a proxy in between")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::State;

    fn judged(is_trusted: bool, address: &str, forwarded: &[&str], is_behind_proxy: bool) -> (State, String) {
        let reached = Reached {
            host: Some("login.example.com".to_owned()),
            is_our_host: true,
            peer: "10.0.0.1".parse().ok(),
            is_trusted,
            address: address.parse().ok(),
            forwarded: forwarded.iter().map(|hop| (*hop).to_owned()).collect(),
        };
        let finding = judge_address("https://login.example.com/", &reached, is_behind_proxy);
        (finding.state, finding.says)
    }

    #[test]
    fn each_way_of_a_proxy_is_told_apart() {
        for (is_trusted, address, forwarded, is_behind_proxy, state, part) in [
            (true, "203.0.113.9", &["192.0.2.77", "203.0.113.9"][..], true, State::Ok, "came from 203.0.113.9"),
            (true, "203.0.113.9", &["203.0.113.9"], true, State::Ok, "came from 203.0.113.9"),
            (true, "192.0.2.77", &["192.0.2.77"], true, State::Wrong, "a visitor makes up"),
            (true, "192.0.2.77", &["192.0.2.77", "10.0.0.2"], true, State::Note, "from 10.0.0.2, which is a trusted"),
            (true, "10.0.0.1", &[], true, State::Wrong, "sends no X-Forwarded-For"),
            (false, "10.0.0.1", &["192.0.2.77", "203.0.113.9"], false, State::Wrong, "'[\"10.0.0.1\"]'"),
            (false, "10.0.0.1", &["192.0.2.77"], true, State::Wrong, "'[\"10.0.0.1\"]'"),
            (false, "10.0.0.1", &["192.0.2.77"], false, State::Ok, "without a proxy"),
        ] {
            let (found, says) = judged(is_trusted, address, forwarded, is_behind_proxy);
            assert!(found == state && says.contains(part), "{forwarded:?}: {found:?} {says}");
        }
    }
}
