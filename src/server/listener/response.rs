//! Rocket's answer, as hyper sends it.

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{HeaderName, HeaderValue};
use rocket::local::asynchronous::LocalResponse;

/// The answer with its whole body: pages and documents are small, and in memory already.
pub(super) async fn of(answer: LocalResponse<'_>) -> hyper::Response<Full<Bytes>> {
    let mut response = hyper::Response::new(Full::default());
    *response.status_mut() = hyper::StatusCode::from_u16(answer.status().code).unwrap_or_default();
    for header in answer.headers().iter() {
        let name = HeaderName::from_bytes(header.name().as_str().as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(header.value())) {
            response.headers_mut().append(name, value);
        }
    }
    *response.body_mut() = Full::from(answer.into_bytes().await.unwrap_or_default());
    response
}

/// The answer when a handler can't give one. Rocket catches what panics, so nobody should see it.
pub(super) fn failed() -> hyper::Response<Full<Bytes>> {
    tracing::error!("a request was answered with 500: a panic, which the lines before this one tell about");
    let mut response = hyper::Response::new(Full::default());
    *response.status_mut() = hyper::StatusCode::INTERNAL_SERVER_ERROR;
    response
}
