//! What other programs made with scrypt.

use super::super::scrypt::Scrypt;
use super::{LONG, assert_unknown, assert_verifies};

#[test]
fn hashes_made_by_werkzeug_verify() {
    // Werkzeug 3.1.9: `generate_password_hash(password, "scrypt:256:8:1")`, the last with an empty salt.
    assert_verifies(&[
        (
            "password",
            "scrypt:256:8:2$3TzGWCEGLin7g778$1058906085a96078cae15b5af71e7a520f6d7d54cdfe1148af42dff81bad933518efe8556444fee46692f03390120c06d46482e29f4fe4e857be458b343adb5d",
        ),
        (
            "Grüße, Zoë",
            "scrypt:256:8:1$iPvlZaEHGvQoXQNZ$13a7cf022cf172db445edb404708200794dcb154059c83de4a53d1a6c3fcdbc52597ec1775c110ecae91515949f5372c140466dbf28f3f89be4d04e65de532ae",
        ),
        (
            LONG,
            "scrypt:256:8:2$NsD1ebqHD34e6DJH$e09d97899a275d01190aad553808a04aa539a7e768e379d7ac51c9e1abc63b7dff94d99f2fe768708141165830dd5df71aefea5df69de655fc28f89ac6176b13",
        ),
        (
            "Grüße, Zoë",
            "scrypt:256:8:1$$45cd462eced6e8e3d055bc536d760bb824d0772b345047137192717bcaa587643ff9685c08c542371ac84f7cb570f148eb4719acf1a28f970ad589166208be1e",
        ),
    ]);
}

#[test]
fn hashes_made_by_django_verify() {
    // Django 5.2.19: `ScryptPasswordHasher().encode(password, "seasalt", 256, 8, 2)`.
    assert_verifies(&[
        (
            "Grüße, Zoë",
            "scrypt$256$seasalt$8$2$RYQhVLUcm29HDZULFIUmUecWzsLMf9B7VKy0nuB5z8KVIMYm3ycFyJtcjPyeEKM/Fi1Vtan1s1c4AkqmhlMo0Q==",
        ),
        (
            LONG,
            "scrypt$256$seasalt$8$2$uz5bqc41iaR80PotybyN6qBTH5iY5BlgibELv5hnbFLCVrr5ORCyi8L9bwThxaeOo3VI1Ef43I/1BhGJM/xmHQ==",
        ),
    ]);
}

#[test]
fn hashes_made_by_passlib_verify() {
    // passlib 1.7.4: `scrypt.using(rounds=8, block_size=8, parallelism=2).hash(…)`
    assert_verifies(&[
        ("Grüße, Zoë", "$scrypt$ln=8,r=8,p=2$JgSAUGot5dwb4zzHmJOy1g$zH7SItu1x89WRPqqBFTqAPTz2EEIvIexYiv2oXGhVQ8"),
        (LONG, "$scrypt$ln=4,r=8,p=1$LWVsLYXwnjOGsNa61/r/Xw$YTc/mYWsikjgwh5PQhSqo6ycZ842BQAc5m/re7xrvKA"),
    ]);
    let end = "LWVsLYXwnjOGsNa61/r/Xw$YTc/mYWsikjgwh5PQhSqo6ycZ842BQAc5m/re7xrvKA";
    for params in
        ["ln=0,r=8,p=1", "ln=4,r=0,p=1", "ln=19,r=8,p=1", "ln=64,r=1,p=1", "ln=256,r=1,p=1", "ln=4,r=8", "r=8,ln=4,p=1"]
    {
        assert_unknown(&[&format!("$scrypt${params}${end}")]);
    }
    assert_unknown(&[&format!("$scrypt$ln=4,r=8,p=1${}", &end[..50])]);
}

#[test]
fn other_shapes_and_absurd_numbers_are_unknown() {
    let hex = "1058906085a96078cae15b5af71e7a520f6d7d54cdfe1148af42dff81bad933518efe8556444fee46692f03390120c06d46482e29f4fe4e857be458b343adb5d";
    for method in [
        "0:8:1",
        "1:8:1",
        "256:0:1",
        "256:8:0",
        "255:8:1",
        "256:8",
        "256:8:1:1",
        "524288:8:1",
        "2:1048576:1",
        "2:1:1048576",
        "262144:8:17",
        "4294967295:4294967295:4294967295",
        "2147483648:2147483648:2147483648",
        "2:1048576:1048576",
        "2:65536:65536",
        "4294967296:8:1",
    ] {
        assert_unknown(&[&format!("scrypt:{method}$salt${hex}")]);
    }
    assert_unknown(&[
        "scrypt:256:8:1$salt$1058",
        &format!("scrypt:256:8:1$salt${hex}00"),
        &format!("scrypt$salt$256$8$1${hex}"),
        "scrypt$256$seasalt$8$2$RYQh",
    ]);
    let allowed = format!("scrypt:262144:8:1$salt${hex}");
    assert!(Scrypt::parse(&allowed).is_some(), "256 MiB");
}
