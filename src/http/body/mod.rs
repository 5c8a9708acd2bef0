//! Bodies, for both doors: bounded in size and in time.

pub mod form;
pub mod multipart;

use std::time::Duration;

use rocket::data::{Data, ToByteUnit};
use rocket::http::Status;

/// How long a body may take to arrive before the answer is 408.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// Reads a whole body.
///
/// # Errors
/// The status of the answer: 400, 408, 413.
pub async fn read(data: Data<'_>, kibibytes: u64) -> Result<Vec<u8>, Status> {
    let body = tokio::time::timeout(PATIENCE, data.open(kibibytes.kibibytes()).into_bytes());
    let body = body.await.map_err(|_| Status::RequestTimeout)?.map_err(|_| Status::BadRequest)?;
    if body.is_complete() { Ok(body.into_inner()) } else { Err(Status::PayloadTooLarge) }
}
