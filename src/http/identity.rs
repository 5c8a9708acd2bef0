//! Who somebody is, as headers for the proxy or the app that asked.
//!
//! Their names are those that proxies and apps know already. All four are set with every answer, if need be empty, so
//! that what passes them on never leaves one of them as a stranger wrote it.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use rocket::Response;

use crate::accounts::session::Identity;

/// What is percent-encoded (RFC 3986, 2.1): control characters and, since it says what is encoded, the percent sign.
/// Whatever is not ASCII always is.
const ENCODED: &AsciiSet = &CONTROLS.add(b'%');

/// Sets `Remote-User`, `Remote-Groups` (the roles, with commas between them), `Remote-Name` and `Remote-Email`.
pub fn set<'r>(response: &mut Response<'r>, identity: &'r Identity) {
    let Identity { user, roles, .. } = identity;
    response.set_raw_header("Remote-User", safe(&user.username));
    response.set_raw_header("Remote-Groups", groups(roles));
    response.set_raw_header("Remote-Name", safe(&user.display_name));
    response.set_raw_header("Remote-Email", safe(user.email.as_deref().unwrap_or_default()));
}

/// Names of roles are of letters, digits, dashes and underscores, so that a comma is always between two of them.
fn groups(roles: &[String]) -> Cow<'_, str> {
    match roles {
        [] => Cow::Borrowed(""),
        [role] => safe(role),
        roles => Cow::Owned(safe(&roles.join(",")).into_owned()),
    }
}

/// A text that means the same in any header, whatever reads it.
fn safe(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, ENCODED).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_visible_ascii_and_decodes_to_the_text() {
        for (text, sent) in [
            ("Anna B. <x>, \"y\"", "Anna B. <x>, \"y\""),
            ("Zoë", "Zo%C3%AB"),
            ("100%41", "100%2541"),
            ("a\r\nRemote-User: admin", "a%0D%0ARemote-User: admin"),
            ("\u{7f}\0", "%7F%00"),
            ("", ""),
        ] {
            assert_eq!(safe(text), sent);
            assert_eq!(percent_encoding::percent_decode_str(sent).decode_utf8().unwrap(), text);
        }
        assert_eq!(groups(&["admin".to_owned(), "staff".to_owned()]), "admin,staff");
        assert_eq!(groups(&[]), "");
    }
}
