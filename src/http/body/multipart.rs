//! Reads `multipart/form-data` (RFC 7578), as Postman's form-data and `curl -F` send it, from a body that was read
//! within its bounds.

use std::convert::Infallible;

use bytes::Bytes;
use rocket::futures::stream;

/// What a part of a form holds.
#[derive(Debug, PartialEq, Eq)]
pub enum Part {
    /// A text, in UTF-8.
    Text(String),
    /// A file, which is not looked at.
    File,
}

/// The parts of a body with their names; none when it is not what its content type says. As strict as
/// [`super::form::parse`]: a part without a name, or a text that is not UTF-8, makes it malformed.
pub async fn parse(content_type: &str, body: Vec<u8>) -> Option<Vec<(String, Part)>> {
    // RFC 2046, 5.1.1: from 1 to 70 characters.
    let boundary = multer::parse_boundary(content_type).ok().filter(|boundary| (1..=70).contains(&boundary.len()))?;
    let whole = stream::iter([Ok::<_, Infallible>(Bytes::from(body))]);
    let mut form = multer::Multipart::new(whole, boundary);
    let mut parts = Vec::new();
    while let Some(field) = form.next_field().await.ok()? {
        let name = field.name()?.to_owned();
        let is_file = field.file_name().is_some();
        let content = field.bytes().await.ok()?;
        let part = if is_file { Part::File } else { Part::Text(String::from_utf8(content.into()).ok()?) };
        parts.push((name, part));
    }
    Some(parts)
}
