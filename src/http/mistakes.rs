//! Requests that look like a mistake in the settings, of ours or of a proxy: the log says what to set.

use std::net::IpAddr;

use rocket::Request;

use super::Site;
use super::seldom::Seldom;

/// The longest `Host` that a line repeats, in characters.
const SHOWN: usize = 100;

/// What was logged recently.
#[derive(Debug, Default)]
pub(super) struct Mistakes {
    hosts: Seldom,
    strange_proxies: Seldom,
    silent_proxies: Seldom,
}

impl Mistakes {
    /// A request came for a host that is not ours.
    pub fn note_host(&self, request: &Request<'_>, host: &str) {
        let Some(requests) = self.hosts.due() else { return };
        let origins = &Site::of(request).origins;
        let ours = origins.hosts(request.rocket().config().port);
        let what = if origins.are_set() {
            "If people type another address, set `public_url` (VESTIBULE_PUBLIC_URL) to it."
        } else {
            "For people on other machines, set `public_url` (VESTIBULE_PUBLIC_URL) to the address that they type."
        };
        tracing::warn!(
            requests,
            "refused with 421: asked for the host \"{}\", but this server answers to {ours} only. Behind a proxy, make it \
             pass on the Host header (nginx: proxy_set_header Host $http_host; Apache: ProxyPreserveHost On). {what}",
            escaped(host)
        );
    }

    /// Checks the headers by which a proxy says whose request it passes on.
    pub fn look_at_proxy(&self, request: &Request<'_>) {
        let headers = request.headers();
        let listed = headers.contains("x-forwarded-for");
        if !listed && !headers.contains("forwarded") && !headers.contains("x-real-ip") {
            return;
        }
        let Some(peer) = request.remote().map(|peer| peer.ip().to_canonical()) else { return };
        let trusted = Site::of(request).trusted_proxies.iter().any(|network| network.contains(&peer));
        match (trusted, listed) {
            (true, true) => {}
            (true, false) => self.tell_silent(peer),
            (false, _) => self.tell_strange(peer),
        }
    }

    fn tell_strange(&self, peer: IpAddr) {
        if let Some(requests) = self.strange_proxies.due() {
            tracing::warn!(
                requests,
                "{peer} sends X-Forwarded-For or the like, which is ignored, since `trusted_proxies` does not have this \
                 address. If it is your proxy, add it: until then all who come through it share one limit of logins. \
                 Such as: VESTIBULE_TRUSTED_PROXIES='[\"{peer}\"]'"
            );
        }
    }

    fn tell_silent(&self, peer: IpAddr) {
        if let Some(requests) = self.silent_proxies.due() {
            tracing::warn!(
                requests,
                "the trusted proxy {peer} sends Forwarded or X-Real-IP, but not X-Forwarded-For, the only one that is \
                 read. Make it send that one: until then all who come through it share one limit of logins"
            );
        }
    }
}

/// A text from a stranger, made into one short line of ASCII.
fn escaped(text: &str) -> String {
    let shown: String = text.chars().take(SHOWN).collect();
    let more = if shown.len() < text.len() { "..." } else { "" };
    format!("{}{more}", shown.escape_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_stranger_sent_is_one_short_line() {
        assert_eq!(escaped("10.0.0.5:8000"), "10.0.0.5:8000");
        assert_eq!(escaped("a\"\n\u{1b}[2J\u{202e}"), "a\\\"\\n\\u{1b}[2J\\u{202e}");
        assert_eq!(escaped(&"x".repeat(8000)), format!("{}...", "x".repeat(100)));
    }
}
