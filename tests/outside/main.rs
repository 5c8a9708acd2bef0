//! Tests with what other ecosystems bring: validators and generators of OpenAPI, JWT libraries, apps in other
//! languages, proxies, a scanner of TLS. `scripts/test-outside` installs them into `target/test-outside` and from
//! Debian, and runs this; `cargo test` alone does not.

#[path = "../support/mod.rs"]
mod support;

mod tools;

mod apps;
mod document;
mod generators;
mod proxies;
mod tls;
mod verifiers;
