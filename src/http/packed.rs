//! Answers that are the same for everyone, compressed once and sent in gzip to clients that accept it.
//!
//! They are compressed when the first such client asks. At the start that would take a tenth of its time, and the
//! compressor would leave more memory behind than all these answers take. The first answer waits for some milliseconds, on
//! a thread of the server: once for each, so nobody can make it happen again.
//!
//! Nothing else is compressed. What holds a secret beside something that a visitor chose, such as a form's token
//! beside a title, would tell the secret by its length (BREACH).

use std::io::{Cursor, Write};
use std::sync::{Arc, OnceLock};

use flate2::Compression;
use flate2::write::GzEncoder;
use rocket::Request;
use rocket::http::{ContentType, Status};
use rocket::response::Response;

/// Bytes that many answers share.
type Bytes = Arc<[u8]>;

/// A body that is the same for everyone, as it is and in gzip. Clones share it.
#[derive(Debug, Clone)]
pub struct Packed {
    plain: Bytes,
    /// Once it was asked for; none in it when it would be no smaller.
    gzip: Option<Arc<OnceLock<Option<Bytes>>>>,
}

impl Packed {
    /// A text, which is sent in gzip to who accepts it.
    pub fn new(text: &[u8]) -> Packed {
        Packed { gzip: Some(Arc::default()), ..Packed::as_it_is(text) }
    }

    /// Something that compression would not make smaller, such as a picture.
    pub fn as_it_is(bytes: &[u8]) -> Packed {
        Packed { plain: Arc::from(bytes), gzip: None }
    }

    /// An answer with it, as this request takes it. With the hash of the content the answer has an entity tag for
    /// its encoding, and is empty for a browser that has just this.
    pub fn answer(&self, request: &Request<'_>, content_type: ContentType, hash: Option<&str>) -> Response<'static> {
        let gzip = self.gzip.as_ref().filter(|_| takes_gzip(request));
        let gzip = gzip.and_then(|gzip| gzip.get_or_init(|| compressed(&self.plain)).as_ref());
        let mut response = Response::build();
        response.header(content_type);
        if self.gzip.is_some() {
            response.raw_header("Vary", "Accept-Encoding");
        }
        if let Some(hash) = hash {
            let tag = format!("\"{hash}{}\"", if gzip.is_some() { "-gzip" } else { "" });
            let known = request.headers().get("if-none-match").flat_map(|tags| tags.split(','));
            if known.map(str::trim).any(|known| known.strip_prefix("W/").unwrap_or(known) == tag) {
                return response.status(Status::NotModified).raw_header("ETag", tag).finalize();
            }
            response.raw_header("ETag", tag);
        }
        if gzip.is_some() {
            response.raw_header("Content-Encoding", "gzip");
        }
        let body = Arc::clone(gzip.unwrap_or(&self.plain));
        response.sized_body(body.len(), Cursor::new(body)).finalize()
    }
}

/// A text in gzip, unless that is no smaller.
fn compressed(text: &[u8]) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let gzip = encoder.write_all(text).and_then(|()| encoder.finish()).ok()?;
    (gzip.len() < text.len()).then(|| Arc::from(gzip))
}

/// Whether the client names gzip, with a quality above zero (RFC 9110, 12.5.3).
fn takes_gzip(request: &Request<'_>) -> bool {
    let encodings = request.headers().get("accept-encoding").flat_map(|line| line.split(','));
    encodings.map(|encoding| encoding.split_once(';').unwrap_or((encoding, ""))).any(|(name, weight)| {
        let quality = weight.trim().strip_prefix("q=").map_or(Some(1.0), |quality| quality.trim().parse::<f32>().ok());
        name.trim().eq_ignore_ascii_case("gzip") && quality.is_some_and(|quality| quality > 0.0)
    })
}
