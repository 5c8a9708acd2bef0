//! Asks the running server how it is reached, as people reach it: over the network, and through the proxy.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt, Empty, Limited};
use hyper::Request;
use hyper::client::conn::http1;
use hyper::header::{CONNECTION, HOST, LOCATION, USER_AGENT};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use url::{Host, Url};

use crate::http::reach::Reached;

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// The most bytes of an answer.
const LONGEST: usize = 64 * 1024;

/// What the question says to be the address of a visitor: one that nobody has (RFC 5737). A proxy that hands it on as if
/// it were true lets everyone choose theirs.
pub(super) const MADE_UP: &str = "192.0.2.77";

/// What came of the question.
pub(super) enum Answer {
    /// The server said how it was reached.
    Reached(Reached),
    /// Something answered with this status, and not our server.
    Stranger(u16),
    /// Something answered that it is elsewhere.
    Elsewhere(String),
    /// There was no answer, for this reason.
    None(String),
}

/// Asks at an address, with the path of a question.
pub(super) async fn ask(url: &Url, path: &str) -> Answer {
    match tokio::time::timeout(PATIENCE, connect_and_ask(url, path)).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(why)) => Answer::None(why),
        Err(_) => Answer::None(format!("there was no answer within {} seconds", PATIENCE.as_secs())),
    }
}

async fn connect_and_ask(url: &Url, path: &str) -> Result<Answer, String> {
    let (Some(host), Some(port)) = (url.host(), url.port_or_known_default()) else {
        return Err("it names no host".to_owned());
    };
    let name = match host {
        Host::Domain(name) => name.to_owned(),
        Host::Ipv4(address) => address.to_string(),
        Host::Ipv6(address) => address.to_string(),
    };
    let stream = TcpStream::connect((name.as_str(), port)).await.map_err(|error| format!("can't connect: {error}"))?;
    if url.scheme() != "https" {
        return speak(stream, url, path).await;
    }
    let name = ServerName::try_from(name).map_err(|error| error.to_string())?;
    let stream = tls()?.connect(name, stream).await.map_err(|error| format!("no https: {error}"))?;
    speak(stream, url, path).await
}

/// TLS that trusts what this system trusts.
fn tls() -> Result<TlsConnector, String> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let config = versions.map_err(|error| error.to_string())?.with_root_certificates(roots).with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

async fn speak(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    url: &Url,
    path: &str,
) -> Result<Answer, String> {
    let said = |error: &dyn std::error::Error| format!("no answer in HTTP: {error}");
    let host = &url[url::Position::BeforeHost..url::Position::AfterPort];
    let request = Request::get(path)
        .header(HOST, host)
        .header(CONNECTION, "close")
        .header(USER_AGENT, concat!("vestibule-check/", env!("CARGO_PKG_VERSION")))
        .header("accept", "application/json")
        .header("x-forwarded-for", MADE_UP)
        .body(Empty::<Bytes>::new())
        .map_err(|error| said(&error))?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(|error| said(&error))?;
    let connection = tokio::spawn(connection);
    let answer = sender.send_request(request).await.map_err(|error| said(&error))?;
    let status = answer.status();
    if let Some(place) = answer.headers().get(LOCATION).filter(|_| status.is_redirection()) {
        return Ok(Answer::Elsewhere(String::from_utf8_lossy(place.as_bytes()).into_owned()));
    }
    let body = Limited::new(answer.into_body(), LONGEST).collect().await;
    connection.abort();
    let body = body.map_err(|error| format!("the answer can't be read: {error}"))?.to_bytes();
    Ok(match serde_json::from_slice(&body) {
        Ok(reached) if status.is_success() => Answer::Reached(reached),
        _ => Answer::Stranger(status.as_u16()),
    })
}
