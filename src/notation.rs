//! How moments and bytes are written for programs.

use chrono::NaiveDateTime;

/// A moment in UTC as RFC 3339 writes it, to the second.
pub fn rfc3339(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Bytes in hex, in lower case.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
