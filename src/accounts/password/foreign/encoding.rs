//! The spellings of numbers and bytes that the formats share.

use std::num::{IntErrorKind, ParseIntError};

use base64::Engine;
use base64::alphabet::{Alphabet, BCRYPT, STANDARD};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// With or without `=`. Bits behind the last byte are ignored, as the original libraries do.
const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_allow_trailing_bits(true)
    .with_decode_padding_mode(DecodePaddingMode::Indifferent);

/// A decimal number above zero; no sign, which Rust would accept. One that is too large counts as the largest, which
/// every limit refuses.
pub(super) fn number(text: &str) -> Option<u32> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let number = text.parse().or_else(|error: ParseIntError| match error.kind() {
        IntErrorKind::PosOverflow => Ok(u32::MAX),
        _ => Err(error),
    });
    number.ok().filter(|number| digits && *number > 0)
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

/// The base64 of crypt(3): letters stand for six bits each, the lowest first.
pub(super) fn hash64(text: &str) -> Option<Vec<u8>> {
    let letters: Option<Vec<u32>> = text.bytes().map(hash64_value).collect();
    let letters = letters.filter(|letters| letters.len() % 4 != 1)?;
    let groups = letters.chunks(4).flat_map(|group| {
        let bits = group.iter().rev().fold(0, |bits, letter| bits << 6 | letter);
        bits.to_le_bytes().into_iter().take(group.len() * 6 / 8)
    });
    Some(groups.collect())
}

/// What a letter of [`hash64`] stands for.
pub(super) fn hash64_value(letter: u8) -> Option<u32> {
    let letters = b"./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    letters.iter().position(|known| *known == letter).map(|place| place as u32)
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
        assert_eq!(number("4294967296"), Some(u32::MAX));
        for bad in ["", "0", "00", "+1", "-1", " 1", "1.5", "１", "-4294967296"] {
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
        assert_eq!(hash64("1/.."), Some(vec![0x43, 0, 0]));
        assert_eq!(hash64("zz"), Some(vec![0xff]));
        for bad in ["1", "1/..1", "+/..", "ä"] {
            assert_eq!(hash64(bad), None, "{bad:?}");
        }
    }
}
