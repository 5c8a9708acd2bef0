//! What other programs made with phpass.

use super::super::phpass::Phpass;
use super::{Foreign, LONG, assert_unknown, assert_verifies};

#[test]
fn hashes_of_wordpress_and_phpbb_verify() {
    assert_verifies(&[
        // PHP 8.2: the loop of `crypt_private`, as often as WordPress wants it.
        ("Grüße, Zoë", "$P$BXArOLz5ajIGBefCDWDioqsYa/6WHR."),
        // passlib 1.7.4: `phpass.using(rounds=7).hash(…)`, and with `ident="H"`
        ("Grüße, Zoë", "$P$5WuJyqqZhcuIyph3whK30XVakqLjzG."),
        (LONG, "$H$6jgdiRyAzPHcZMpDsCBZmVQtU/4X.W1"),
    ]);
}

#[test]
fn what_wordpress_changes_in_a_password_is_tried_as_well() {
    let matches = |password: &str, hash: &str| Foreign::parse(hash).unwrap().1.matches(password);
    // `addslashes("it's \"new\"")`, "  as typed " and "trimmed", all by PHP 8.2 as above.
    assert!(matches("it's \"new\"", "$P$B7hrKKgWQFiX.kKxCuRGtCp22sLWOX/"));
    assert!(matches("  as typed ", "$P$BRqomyVBbcfO8k9YJvOesCM1.x7mUz."));
    assert!(matches("\ttrimmed ", "$P$BB0dFM6A89nQ4o0J1XnobXHGkq8s5u/"));
    assert!(!matches("as typed", "$P$BRqomyVBbcfO8k9YJvOesCM1.x7mUz."));
    assert!(!matches("trimmed'", "$P$BB0dFM6A89nQ4o0J1XnobXHGkq8s5u/"));
}

#[test]
fn other_shapes_and_absurd_numbers_are_unknown() {
    let end = "XArOLz5ajIGBefCDWDioqsYa/6WHR.";
    for exponent in ['.', '4', 'J', 'S', 'T', 'z', '!', 'ä'] {
        assert_unknown(&[&format!("$P${exponent}{end}")]);
    }
    assert!(Phpass::parse(&format!("$P$I{end}")).is_some_and(|hash| hash.is_bearable()), "2^20");
    assert_unknown(&[
        "$P$",
        "$P$B",
        "$P$BXArOLz5a",
        &format!("$P$B{}", &end[1..]),
        &format!("$P$B{end}."),
        "$S$BXArOLz5a",
    ]);
}
