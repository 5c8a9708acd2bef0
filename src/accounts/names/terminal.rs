//! Texts for a terminal or a file that somebody looks at in one: anyone may have typed them.

use crate::notation::is_forbidden;

/// The same JSON with control and bidi characters escaped. Outside of strings, JSON has none of these but line breaks,
/// which stay; inside of strings, an escape means the same.
pub fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        if c != '\n' && is_forbidden(c) {
            let mut units = [0; 2];
            escaped.extend(c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// Text without characters that move the cursor of a terminal or change its writing direction.
pub fn plain(text: &str) -> String {
    text.replace(is_forbidden, "\u{FFFD}")
}
