//! `logo`: a picture in SVG or PNG, looked at before anyone sees it.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use super::{png, svg};

/// A picture that can be shown.
#[derive(Debug, Clone)]
pub struct Logo {
    /// What is in the file.
    pub bytes: Arc<[u8]>,
    /// How it is written.
    pub format: Format,
    /// How many times as wide as high it is.
    pub ratio: f64,
}

/// How a picture is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Scalable Vector Graphics.
    Svg,
    /// Portable Network Graphics.
    Png,
}

/// How much wider than high a logo may be, and how much higher than wide.
const WIDEST: f64 = 8.0;
const HIGHEST: f64 = 2.0;

impl Logo {
    /// The most bytes of the file.
    pub const MAX: u64 = 256 * 1024;

    /// Reads a file.
    ///
    /// # Errors
    /// What is wrong with it, to be said after its name.
    pub(super) fn read(path: &Path) -> Result<Logo, String> {
        let bytes = content(path)?;
        let (format, (width, height)) = if bytes.starts_with(png::SIGNATURE) {
            (Format::Png, png::size(&bytes)?)
        } else {
            let text = std::str::from_utf8(&bytes).ok().filter(|text| text.contains("<svg"));
            (Format::Svg, svg::size(text.ok_or("is neither an SVG nor a PNG: save the logo in one of these formats")?)?)
        };
        let ratio = width / height;
        if !(1.0 / HIGHEST..=WIDEST).contains(&ratio) {
            return Err(format!(
                "is {width} by {height}: use a picture that is at most {WIDEST} times as wide as high, and {HIGHEST} \
                 times as high as wide"
            ));
        }
        Ok(Logo { bytes: bytes.into(), format, ratio })
    }

    /// Whether it is so wide that the name must be in it.
    pub fn has_name(&self) -> bool {
        self.ratio > 2.0
    }
}

/// What is in a file that is not too long. Nothing but a file is opened for long: a pipe could keep the start waiting.
fn content(path: &Path) -> Result<Vec<u8>, String> {
    let unreadable = |error: std::io::Error| format!("can't be read: {error}");
    let kind = std::fs::metadata(path).map_err(unreadable)?;
    if !kind.is_file() {
        return Err("is not a file".to_owned());
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(Logo::MAX + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > Logo::MAX {
        return Err(format!("has more than {} KiB: make it smaller", Logo::MAX / 1024));
    }
    Ok(bytes)
}
