//! What other programs made with crypt(3) and MD5.

use super::{LONG, assert_unknown, assert_verifies};

#[test]
fn hashes_of_htpasswd_and_of_unix_verify() {
    assert_verifies(&[
        // OpenSSL 3.0: `openssl passwd -apr1 -salt saltsalt`, `openssl passwd -1 -salt abc`
        ("Grüße, Zoë", "$apr1$saltsalt$J7MyoRReCRWsXbnPiUZ6L1"),
        ("Grüße, Zoë", "$1$abc$ZEdnSqHZx7IDywm5dy5K90"),
        // passlib 1.7.4: `apr_md5_crypt.hash(…)`, `md5_crypt.hash(…)`
        ("Grüße, Zoë", "$apr1$HZXZwO1W$Ds7qJNnzwKqiG2bQ0/eWq0"),
        (LONG, "$apr1$jIVBmy5I$84hL5Nh3MJ9RXlJukMGhU/"),
        ("a", "$apr1$$ny0TwGBt5/BPT4.mbWBKk."),
        ("Grüße, Zoë", "$1$m1uyKNHI$HLOhrlZYbkd38o6fxVgVF1"),
    ]);
}

#[test]
fn other_shapes_are_unknown() {
    assert_unknown(&[
        "$apr1$saltsalt$J7MyoRReCRWsXbnPiUZ6L",
        "$apr1$saltsalt$J7MyoRReCRWsXbnPiUZ6L1.",
        "$apr1$saltsalty$J7MyoRReCRWsXbnPiUZ6L1",
        "$apr1$J7MyoRReCRWsXbnPiUZ6L1",
        "$apr2$saltsalt$J7MyoRReCRWsXbnPiUZ6L1",
        "$apr1$saltsalt$J7MyoRReCRWsXbnPiUZ6L!",
    ]);
}
