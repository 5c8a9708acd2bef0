//! A name that no setting has is told the one that was probably meant.

use super::{sentence, with_file};
use crate::support::Server;

#[test]
fn in_the_file() {
    for (file, unknown, meant) in [
        ("[default.vestibule]\nregstration = \"open\"", "vestibule.regstration", ": did you mean `registration`?"),
        ("[default.vestibule]\nBCRYPT-COST = 4", "vestibule.BCRYPT-COST", ": did you mean `bcrypt_cost`?"),
        ("[default.vestibule]\nport = 1", "vestibule.port", ": did you mean `port` under [default]?"),
        ("[default.vestibule]\nbanana = 1", "vestibule.banana", ""),
        ("[default]\nadress = \"127.0.0.1\"", "adress", ": did you mean `address`?"),
        ("[default]\npublic_ulr = \"x\"", "public_ulr", ": did you mean `public_url` under [default.vestibule]?"),
        ("[default]\nbanana = 1", "banana", "; settings of Vestibule itself belong under [default.vestibule]"),
        ("[default.vestibul]\nport = 1", "vestibul", ": did you mean `vestibule`?"),
        ("[default.shutdown]\ngarce = 1", "shutdown.garce", ": did you mean `grace`?"),
        ("[default.tls]\ncert = \"x\"", "tls.cert", ": did you mean `certs`?"),
    ] {
        let said = sentence(&with_file(file));
        assert_eq!(said, format!("unknown setting `{unknown}` in [default] of Rocket.toml{meant}"));
        let said = sentence(&with_file(&file.replace("default", "release")));
        assert_eq!(said, format!("unknown setting `{unknown}` in [release] of Rocket.toml{meant}"), "not selected");
    }
    let said = sentence(&with_file("[defualt]\nport = 1"));
    assert_eq!(said, "the table `[defualt]` in Rocket.toml is not read: did you mean [default]?");
}

#[test]
fn in_the_environment() {
    for (name, meant) in [
        ("VESTIBULE_REGSTRATION", ": did you mean VESTIBULE_REGISTRATION?"),
        ("VESTIBULE_SECRETKEY", ": did you mean VESTIBULE_SECRET_KEY?"),
        ("VESTIBULE_SECRET_KEYFILE", ": did you mean VESTIBULE_SECRET_KEY_FILE?"),
        ("VESTIBULE_PORT", ": did you mean ROCKET_PORT?"),
        ("VESTIBULE_BANANA", ""),
        ("ROCKET_PROT", ": did you mean ROCKET_PORT?"),
        ("rocket_prot", ": did you mean ROCKET_PORT?"),
        ("ROCKET_CONFG", ": did you mean ROCKET_CONFIG?"),
        ("ROCKET_PUBLIC_URL", ": did you mean VESTIBULE_PUBLIC_URL?"),
        ("ROCKET_SHUTDOWN_GRACE", ": did you mean ROCKET_SHUTDOWN='{grace=10}'?"),
        ("ROCKET_VESTIBULE_REGISTRATION", ": did you mean VESTIBULE_REGISTRATION?"),
    ] {
        let said = sentence(&Server::prepare().with(name, "1"));
        assert_eq!(said, format!("the environment variable {name} names no setting{meant}"));
    }
    let said = sentence(&Server::prepare().with("ROCKET_VESTIBULE", "{regstration=open}"));
    let place = "the environment variable ROCKET_VESTIBULE";
    assert_eq!(said, format!("unknown setting `vestibule.regstration` in {place}: did you mean `registration`?"));
}
