//! Reads `application/x-www-form-urlencoded`.

use percent_encoding::percent_decode_str;

/// The pairs of a body; none when it is not one. Stricter than the URL standard, which would guess: a broken
/// escape or bytes that are not UTF-8 make it malformed.
pub fn parse(body: &[u8]) -> Option<Vec<(String, String)>> {
    let text = std::str::from_utf8(body).ok()?;
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decode(name)?, decode(value)?))
        })
        .collect()
}

fn decode(text: &str) -> Option<String> {
    let escapes_are_whole = text.split('%').skip(1).all(|rest| {
        let digits = rest.as_bytes();
        digits.len() >= 2 && digits[..2].iter().all(u8::is_ascii_hexdigit)
    });
    let spaced = text.replace('+', " ");
    let decoded = percent_decode_str(&spaced).decode_utf8().ok()?;
    escapes_are_whole.then(|| decoded.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_read_strictly() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(parse(b"a=1&b=x+y%21&c&"), Some(vec![pair("a", "1"), pair("b", "x y!"), pair("c", "")]));
        assert_eq!(parse(b"a=b=c"), Some(vec![pair("a", "b=c")]));
        assert_eq!(parse("a=ü&b=%C3%BC".as_bytes()), Some(vec![pair("a", "ü"), pair("b", "ü")]));
        for bad in [&b"a=%"[..], b"a=%2", b"a=%zz", b"%f=1", b"a=%ff", b"a=\xff"] {
            assert_eq!(parse(bad), None, "{bad:?}");
        }
    }
}
