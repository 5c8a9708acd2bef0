//! What access tokens are like.

use super::section::Group;
use super::setting::{list, switch, word};

pub(super) const TOKENS: Group = Group {
    title: "Access tokens",
    note: "Access tokens are JWTs (RFC 9068). The server makes a new signing key at its start when the \
               newest one has another algorithm; what the old key signed stays valid until it expires.",
    settings: &[
        word("token_algorithm", &["ES256", "RS256", "EdDSA"], "ES256")
            .says("How access tokens are signed. Every JWT library knows ES256 and RS256; some lack EdDSA."),
        list("audience", "[\"https://api.example.com\"]")
            .says("What the claim `aud` names after the issuer: your own services, each in up to 128 characters."),
        switch("token_email", false).says("Adds the email address of the account to its access tokens."),
    ],
};
