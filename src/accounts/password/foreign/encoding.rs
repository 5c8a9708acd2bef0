//! The spellings of numbers and bytes that the formats share.

use base64::Engine;
use base64::alphabet::{Alphabet, BCRYPT, STANDARD};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// With or without `=`. Bits behind the last byte are ignored, as the original libraries do.
const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_allow_trailing_bits(true)
    .with_decode_padding_mode(DecodePaddingMode::Indifferent);

/// A decimal number above zero; no sign, which Rust would accept.
pub(super) fn number(text: &str) -> Option<u32> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|number| digits && *number > 0)
}

pub(super) fn base64(text: &str) -> Option<Vec<u8>> {
    decode(&STANDARD, text)
}

/// base64 in bcrypt's own alphabet.
pub(super) fn bcrypt_base64(text: &str) -> Option<Vec<u8>> {
    decode(&BCRYPT, text)
}

/// passlib's "adapted" base64, with `.` for `+`; it reads both.
pub(super) fn adapted_base64(text: &str) -> Option<Vec<u8>> {
    decode(&STANDARD, &text.replace('.', "+"))
}

pub(super) fn hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text.chars().map(|c| c.to_digit(16).map(|digit| digit as u8)).collect();
    let digits = digits.filter(|digits| digits.len().is_multiple_of(2))?;
    Some(digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

fn decode(alphabet: &Alphabet, text: &str) -> Option<Vec<u8>> {
    GeneralPurpose::new(alphabet, LENIENT).decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_digits_above_zero() {
        assert_eq!(number("150000"), Some(150_000));
        for bad in ["", "0", "00", "+1", "-1", " 1", "1.5", "１", "4294967296"] {
            assert_eq!(number(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn bytes_are_read_as_the_libraries_read_them() {
        assert_eq!(hex("00fF"), Some(vec![0, 255]));
        for bad in ["0", "0g", "+1", "ä"] {
            assert_eq!(hex(bad), None, "{bad:?}");
        }
        assert_eq!(adapted_base64("....//8"), Some(vec![0xfb, 0xef, 0xbe, 0xff, 0xff]));
        assert_eq!(base64("AA=="), base64("AA"));
        assert_eq!(base64("AB"), Some(vec![0]), "bits behind the last byte");
        assert_eq!(base64("A"), None);
    }
}
