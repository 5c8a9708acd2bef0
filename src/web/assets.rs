//! `GET /static/<hash>/<file>`: style sheet, heading face and icons, in a release binary out of the binary itself.
//!
//! An operator's logo is one of them, and an accent changes the colours of the style sheet.
//!
//! The path holds a hash of the content, so that browsers may keep a file for ever and still get the next one. What
//! is asked for at fixed addresses, `/favicon.ico` and `/robots.txt`, is answered here too.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use rocket::http::{ContentType, Header};
use rocket::response::{self, Responder};
use rocket::{Request, Route, State, get, routes};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use super::branding::{self, ICON, SHEET};
use super::see_other::SeeOther;
use crate::config::Branding;
use crate::http::headers;
use crate::http::local_path::LocalPath;
use crate::http::packed::Packed;
use crate::notation::hex;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/static"]
#[exclude = "*.txt"]
struct Static;

/// A static file, ready to be sent.
#[derive(Debug, Clone)]
struct Asset {
    hash: String,
    content_type: ContentType,
    body: Packed,
    /// Whether somebody else has drawn it.
    is_foreign: bool,
}

/// The static files, read at the start, each compressed when it is first asked for. Managed by Rocket.
#[derive(Debug, Clone)]
pub struct Assets(Arc<Packs>);

#[derive(Debug)]
struct Packs {
    branding: Branding,
    files: HashMap<String, Asset>,
}

impl Assets {
    /// Makes all of them ready, in the colours of this branding and with its logo.
    pub fn of(branding: &Branding) -> Assets {
        let logo = branding.logo.as_ref().map(|logo| branding::file_of(logo).to_owned());
        let names = Static::iter().map(Cow::into_owned).chain(logo);
        let files = names.filter_map(|file| prepare(&file, branding).map(|asset| (file, asset))).collect();
        Assets(Arc::new(Packs { branding: branding.clone(), files }))
    }

    fn get(&self, file: &str) -> Option<Asset> {
        // A debug build reads the files each time, since they may change.
        if cfg!(debug_assertions) { prepare(file, &self.0.branding) } else { self.0.files.get(file).cloned() }
    }

    /// The path of a file in `static/`; none when there is no such file.
    pub fn path_of(&self, file: &str) -> Option<String> {
        Some(path(&self.get(file)?.hash, file))
    }
}

fn path(hash: &str, file: &str) -> String {
    format!("/static/{hash}/{file}")
}

fn prepare(file: &str, branding: &Branding) -> Option<Asset> {
    let logo = branding.logo.as_ref().filter(|logo| branding::file_of(logo) == file);
    let content = match logo {
        Some(logo) => Cow::Owned(logo.bytes.to_vec()),
        None => content(file, branding)?,
    };
    let content_type = file.rsplit('.').next().and_then(ContentType::from_extension).unwrap_or(ContentType::Binary);
    let is_text = content_type.is_css() || content_type.is_svg();
    let body = if is_text { Packed::new(&content) } else { Packed::as_it_is(&content) };
    Some(Asset { hash: hash_of(&content), content_type, body, is_foreign: logo.is_some() })
}

/// The content of a file. The style sheet names the heading face by its address here, which holds a hash.
fn content(file: &str, branding: &Branding) -> Option<Cow<'static, [u8]>> {
    let content = Static::get(file)?.data;
    match file {
        SHEET => {
            let sheet = branding::recolour_sheet(&String::from_utf8_lossy(&content), &branding.accents);
            let face = path(&hash_of(&Static::get(FACE)?.data), FACE);
            Some(Cow::Owned(sheet.replace(&format!("url(\"{FACE}\")"), &format!("url(\"{face}\")")).into_bytes()))
        }
        ICON => {
            let icon = branding::recolour_icon(&String::from_utf8_lossy(&content), &branding.accents);
            Some(Cow::Owned(icon.into_bytes()))
        }
        _ => Some(content),
    }
}

/// The face of headings. `scripts/font` makes it.
const FACE: &str = "heading.woff2";

fn hash_of(content: &[u8]) -> String {
    hex(&Sha256::digest(content)[..8])
}

impl<'r> Responder<'r, 'static> for Asset {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let mut response = self.body.answer(request, self.content_type.clone(), Some(&self.hash));
        response.set_header(Header::new("Cache-Control", "public, max-age=31536000, immutable"));
        if self.is_foreign {
            headers::isolate(&mut response);
        }
        Ok(response)
    }
}

#[get("/static/<hash>/<file>")]
fn show(hash: &str, file: &str, assets: &State<Assets>) -> Option<Asset> {
    assets.get(file).filter(|asset| asset.hash == hash)
}

/// Browsers ask for it when no page names an icon, for example for JSON.
#[get("/favicon.ico")]
fn icon(assets: &State<Assets>) -> Option<SeeOther> {
    LocalPath::parse(&assets.path_of(branding::any_icon(&assets.0.branding))?).map(SeeOther::at)
}

/// Crawlers may fetch every page: only there can they read that it must not be listed (`noindex`).
#[get("/robots.txt")]
fn robots() -> &'static str {
    "User-agent: *\nDisallow:\n"
}

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    routes![show, icon, robots]
}
