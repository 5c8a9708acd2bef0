//! What is answered to whoever asks for numbers.

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{
    ALLOW, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, HOST, HeaderMap, HeaderValue, WWW_AUTHENTICATE,
};
use hyper::{Method, Request, Response, StatusCode};
use subtle::ConstantTimeEq;

use super::sources::Sources;
use crate::metrics::Page;

/// Where the numbers are.
const PATH: &str = "/metrics";

/// The answer to one request.
pub(super) async fn answer<B>(request: &Request<B>, token: Option<&str>, sources: &Sources) -> Response<Full<Bytes>> {
    let refused = |status: StatusCode, text: &'static str| plain(status, Bytes::from_static(text.as_bytes()));
    match token {
        Some(token) if !bears(request.headers(), token) => {
            let text = "Send `Authorization: Bearer` with the token of the setting `metrics_token`.\n";
            let mut answer = refused(StatusCode::UNAUTHORIZED, text);
            answer.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            return answer;
        }
        // A page in a browser on this machine could otherwise read the numbers, under a name that leads here.
        None if !is_for_this_machine(request.headers()) => {
            return refused(StatusCode::MISDIRECTED_REQUEST, "Ask for localhost, 127.0.0.1 or [::1].\n");
        }
        _ => {}
    }
    if request.uri().path() != PATH {
        return refused(StatusCode::NOT_FOUND, "The numbers are at /metrics.\n");
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut answer = refused(StatusCode::METHOD_NOT_ALLOWED, "Use GET.\n");
        answer.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return answer;
    }
    let mut answer = plain(StatusCode::OK, Bytes::from(sources.page().await.into_text()));
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(Page::CONTENT_TYPE));
    answer
}

fn plain(status: StatusCode, text: Bytes) -> Response<Full<Bytes>> {
    let mut answer = Response::new(Full::new(text));
    *answer.status_mut() = status;
    for (name, value) in [
        (CONTENT_TYPE, "text/plain; charset=utf-8"),
        (CACHE_CONTROL, "no-store"),
        (hyper::header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    answer
}

/// Whether a request shows the token. How long the comparison takes tells nothing but its length.
fn bears(headers: &HeaderMap, token: &str) -> bool {
    let sent = headers.get(AUTHORIZATION).map(HeaderValue::as_bytes).unwrap_or_default();
    let Some((scheme, sent)) = sent.split_at_checked("Bearer ".len()) else { return false };
    scheme.eq_ignore_ascii_case(b"Bearer ") && sent.ct_eq(token.as_bytes()).into()
}

/// Whether a request names this machine, as everything does that runs on it.
fn is_for_this_machine(headers: &HeaderMap) -> bool {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next(),
        None => host.split(':').next(),
    };
    let name = name.unwrap_or_default();
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: hyper::header::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_str(value).unwrap())])
    }

    #[test]
    fn only_the_whole_token_counts() {
        let token = "0123456789abcdef";
        for (sent, fine) in [
            ("Bearer 0123456789abcdef", true),
            ("bearer 0123456789abcdef", true),
            ("Bearer 0123456789abcdeg", false),
            ("Bearer 0123456789abcde", false),
            ("Bearer 0123456789abcdef0", false),
            ("Basic 0123456789abcdef", false),
            ("Bearer ", false),
            ("B", false),
        ] {
            assert_eq!(bears(&headers(AUTHORIZATION, sent), token), fine, "{sent}");
        }
        assert!(!bears(&HeaderMap::new(), token));
    }

    #[test]
    fn without_a_token_only_names_of_this_machine_count() {
        for (host, fine) in [
            ("127.0.0.1:9464", true),
            ("localhost", true),
            ("LOCALHOST:9464", true),
            ("[::1]:9464", true),
            ("127.0.0.1.evil.example:9464", false),
            ("localhost.evil.example", false),
            ("evil.example:9464", false),
            ("10.0.0.1", false),
        ] {
            assert_eq!(is_for_this_machine(&headers(HOST, host)), fine, "{host}");
        }
        assert!(!is_for_this_machine(&HeaderMap::new()));
    }
}
