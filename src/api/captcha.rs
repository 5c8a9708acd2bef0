//! The captcha that a call demands, with the addresses of its picture and its sound.

use rocket::Request;
use serde::Serialize;
use utoipa::ToSchema;

use crate::accounts::captcha::MINUTES;
use crate::http::Site;

/// The type of the problem (RFC 9457, 3.1.1).
pub(super) const PROBLEM: &str = "urn:vestibule:captcha-required";

/// A captcha: show its picture or play its sound, then call again with its id as `captcha` and with the signs as
/// `captcha_answer`. It takes one answer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Captcha)]
pub struct CaptchaDocument {
    /// The id.
    id: String,
    /// The address of the picture, a PNG.
    picture: String,
    /// The address of the sound, a WAV file.
    sound: String,
    /// For how many seconds it may be answered.
    expires_in: i64,
}

impl CaptchaDocument {
    /// The captcha of this id.
    pub(super) fn new(id: String, request: &Request<'_>) -> CaptchaDocument {
        let here = Site::of(request).origins.front_door(request.rocket().config().port);
        let here = format!("{here}/captcha/{id}");
        let (picture, sound) = (format!("{here}/picture"), format!("{here}/sound"));
        CaptchaDocument { id, picture, sound, expires_in: 60 * MINUTES }
    }
}
