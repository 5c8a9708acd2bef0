//! `GET /static/<hash>/<file>`: style sheet and icon, in a release binary out of the binary itself.
//!
//! The path holds a hash of the content, so that browsers may keep a file for ever and still get the next one.

use rocket::http::{ContentType, Header};
use rocket::{Responder, Route, get, routes};
use rust_embed::RustEmbed;

use crate::notation::hex;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/static"]
struct Static;

#[derive(Responder)]
struct Asset {
    content: Vec<u8>,
    content_type: ContentType,
    cache: Header<'static>,
}

#[get("/static/<hash>/<file>")]
fn show(hash: &str, file: &str) -> Option<Asset> {
    let found = Static::get(file).filter(|found| fingerprint(found) == hash)?;
    let extension = file.rsplit('.').next().unwrap_or_default();
    Some(Asset {
        content: found.data.into_owned(),
        content_type: ContentType::from_extension(extension).unwrap_or(ContentType::Binary),
        cache: Header::new("Cache-Control", "public, max-age=31536000, immutable"),
    })
}

/// The path of a file in `static/`; none when there is no such file.
pub fn path_of(file: &str) -> Option<String> {
    Some(format!("/static/{}/{file}", fingerprint(&Static::get(file)?)))
}

fn fingerprint(file: &rust_embed::EmbeddedFile) -> String {
    hex(&file.metadata.sha256_hash()[..8])
}

/// The route of this feature.
pub fn routes() -> Vec<Route> {
    routes![show]
}
