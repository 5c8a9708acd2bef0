//! The header `Host`.

use url::Url;
use vestibule::config::{Origins, PublicUrl};

use crate::{inputs, run};

const SAMPLES: &[&str] =
    &["login.example.com", "Login.Example.com:443", "127.0.0.1:8000", "localhost:8000", "[::1]:8000"];
const PIECES: &[&str] = &[
    ":",
    ":80",
    ":443",
    ":8000",
    ":08000",
    ".",
    "login",
    "example.com",
    "localhost",
    "127.0.0.1",
    "[::1]",
    "[",
    "]",
    "@",
    "/",
    "%2e",
    "#",
];

#[test]
fn a_host_that_is_ours_is_ours_to_a_browser_too() {
    let public = |url: &str| Origins::Public(PublicUrl::try_from(url.to_owned()).unwrap());
    let sites = [
        (public("https://login.example.com"), "https", vec![("login.example.com", 443)]),
        (public("http://localhost:8000"), "http", vec![("localhost", 8000)]),
        (
            Origins::Loopback { address: std::net::Ipv4Addr::LOCALHOST.into(), https: false },
            "http",
            vec![("127.0.0.1", 8000), ("localhost", 8000), ("[::1]", 8000)],
        ),
    ];
    run::fuzz(inputs::text(SAMPLES, PIECES), |host| {
        for (origins, scheme, ours) in &sites {
            if origins.is_our_host(&host, 8000) {
                let url = Url::parse(&format!("{scheme}://{host}/")).expect("it is a host");
                let named = (url.host_str().unwrap(), url.port_or_known_default().unwrap());
                assert!(ours.contains(&named), "{host:?} names {named:?}");
                assert_eq!((url.username(), url.password(), url.path()), ("", None, "/"), "{host:?}");
            }
            if origins.is_our_origin(&host, 8000) {
                assert!(origins.is_our_host(host.split_once("://").unwrap().1, 8000), "{host:?}");
            }
        }
    });
}
