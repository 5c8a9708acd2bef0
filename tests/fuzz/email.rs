//! Email addresses.

use vestibule::accounts::names::EmailAddress;

use crate::{inputs, run};

const SAMPLES: &[&str] =
    &["roy@example.com", " Roy+Tag@Bücher.example ", "ｒｏｙ@EXAMPLE.com", "a@xn--bcher-kva.example", "a@[127.0.0.1]"];
const PIECES: &[&str] = &[
    "@",
    ".",
    "+",
    "-",
    "a",
    "Z",
    "0",
    "example",
    ".com",
    "xn--",
    "%",
    "%40",
    "ü",
    "ẞ",
    "ß",
    "。",
    "．",
    "[",
    "]",
    ":",
    "127.0.0.1",
    "0x7f",
    " ",
    "\r\n",
    "\"",
    ",",
    "<",
    ">",
];

#[test]
fn an_address_is_one_line_that_mail_can_go_to_and_compares_with_itself() {
    run::fuzz(inputs::text(SAMPLES, PIECES), |typed| {
        let Ok(address) = EmailAddress::parse(&typed) else { return };
        let (given, canonical) = (address.as_given(), address.canonical());
        assert!(!given.contains(|c: char| c.is_control() || c.is_whitespace()), "{given:?}");
        assert_eq!(given.matches('@').count(), 1, "{given:?}");
        assert!(given.len() <= 254 && canonical.len() <= 254, "{given:?}");
        assert!(canonical.bytes().all(|byte| byte.is_ascii_graphic() && !byte.is_ascii_uppercase()), "{canonical:?}");
        assert!(!canonical.contains([',', '<', '>', '"', '(', ')', ';', '[']), "{canonical:?}");
        assert!(canonical.split('@').all(|half| !half.is_empty()) && !canonical.ends_with('.'), "{canonical:?}");
        let again = EmailAddress::parse(canonical).expect("its canonical form is an address");
        assert_eq!(again.canonical(), canonical, "{typed:?}");
        assert_eq!(EmailAddress::parse(given).as_ref(), Ok(&address), "once more makes no difference");
    });
}
