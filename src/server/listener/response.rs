//! Rocket's answer, as hyper sends it.

use bytes::Bytes;
use http_body_util::Full;
use rocket::local::asynchronous::LocalResponse;

use crate::http::headers::Always;

/// The answer with its whole body, which is small and in memory already, and with the headers that every answer has.
pub(super) async fn of(always: &Always, answer: LocalResponse<'_>) -> hyper::Response<Full<Bytes>> {
    let mut response = hyper::Response::new(Full::default());
    *response.status_mut() = hyper::StatusCode::from_u16(answer.status().code).unwrap_or_default();
    *response.headers_mut() = always.with(answer.headers().iter());
    *response.body_mut() = Full::from(answer.into_bytes().await.unwrap_or_default());
    response
}

/// The answer when a handler can't give one. Rocket catches what panics, so nobody should see it.
pub(super) fn failed(always: &Always) -> hyper::Response<Full<Bytes>> {
    tracing::error!("a request was answered with 500: a panic, which the lines before this one tell about");
    let mut response = hyper::Response::new(Full::default());
    *response.status_mut() = hyper::StatusCode::INTERNAL_SERVER_ERROR;
    *response.headers_mut() = always.with(std::iter::empty());
    response
}
