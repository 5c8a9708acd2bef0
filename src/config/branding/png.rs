//! Whether bytes are a whole PNG (W3C, Portable Network Graphics, third edition), and how large the picture is.

use flate2::Crc;

/// What each begins with.
pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The most pixels of one side: a few kilobytes can hold a picture that fills the memory of whoever looks at it.
const LONGEST: u32 = 2048;

/// Its width and height in pixels.
///
/// # Errors
/// What is wrong with it, to be said after its name.
pub(super) fn size(bytes: &[u8]) -> Result<(f64, f64), String> {
    let damaged = || "is damaged or cut short: save the PNG again".to_owned();
    let mut rest = bytes.strip_prefix(SIGNATURE).ok_or_else(damaged)?;
    let mut size = None;
    let mut has_pixels = false;
    loop {
        let (kind, data, after) = chunk(rest).ok_or_else(damaged)?;
        match (kind, size) {
            (b"IHDR", None) => size = Some(dimensions(data).ok_or_else(damaged)?),
            (_, None) => return Err(damaged()),
            (b"IDAT", Some(_)) => has_pixels = true,
            (b"IEND", Some(size)) if has_pixels => return within_bounds(size),
            (b"IEND", Some(_)) => return Err(damaged()),
            _ => {}
        }
        rest = after;
    }
}

/// The kind and content of the first chunk (5.3), and what follows it; none when its checksum is wrong.
fn chunk(bytes: &[u8]) -> Option<(&[u8; 4], &[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (kind, _) = rest.split_first_chunk::<4>()?;
    let (checked, after) = rest.split_at_checked(length.checked_add(4)?)?;
    let (sum, after) = after.split_first_chunk::<4>()?;
    let mut crc = Crc::new();
    crc.update(checked);
    (crc.sum() == u32::from_be_bytes(*sum)).then_some((kind, &checked[4..], after))
}

/// Width and height (11.2.1).
fn dimensions(header: &[u8]) -> Option<(u32, u32)> {
    let (width, rest) = header.split_first_chunk::<4>()?;
    let (height, _) = rest.split_first_chunk::<4>()?;
    let size = (u32::from_be_bytes(*width), u32::from_be_bytes(*height));
    (size.0 > 0 && size.1 > 0).then_some(size)
}

fn within_bounds((width, height): (u32, u32)) -> Result<(f64, f64), String> {
    if width.max(height) > LONGEST {
        return Err(format!("is {width} by {height} pixels: make it at most {LONGEST} wide and high"));
    }
    Ok((width.into(), height.into()))
}
