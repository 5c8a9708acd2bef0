//! The server's address, and which proxies and origins it trusts.

use super::kind::Kind;
use super::section::Group;
use super::setting::{list, switch, unset};

pub(super) const REACH: Group = Group {
    title: "Address",
    note: "Cookies, links and the cross-site check follow `public_url`. Browsers that come over https are \
               told to use nothing else for two years (HSTS), unless `public_url` is on loopback. Pages of \
               `allowed_origins` can use the cookie JSON only if they belong to the same site, since browsers send \
               cookies to no other; by token, they can log people in and sign them up from any site.",
    settings: &[
        unset("public_url", Kind::Origin, "\"https://login.example.com\"").says(
            "The address that people type to reach the server. Unset: 127.0.0.1, localhost and [::1], on `port`.",
        ),
        list("trusted_proxies", "[\"10.0.0.1\", \"10.1.0.0/16\"]").says(
            "Addresses or networks of your proxies. Their X-Forwarded-For is trusted. Never list 0.0.0.0/0 or ::/0.",
        ),
        list("allowed_origins", "[\"https://app.example.com\"]")
            .says("Other origins whose pages may log people in, with the cookie JSON or by token."),
        switch("allow_insecure_http", false)
            .says("Allows http in `public_url` for hosts other than loopback. Passwords then travel unencrypted."),
        switch("hsts_include_subdomains", false)
            .says("Tells browsers to use https for all subdomains of `public_url` too. All of them must offer it."),
        unset("security_contact", Kind::Contact, "\"mailto:security@example.com\"")
            .says("Where people report a weakness, for /.well-known/security.txt. Unset: there is no such page."),
    ],
};
