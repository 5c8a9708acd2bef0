//! The bodies of requests for tokens, as the OpenAPI document describes them; `credentials` reads them.

use utoipa::ToSchema;

/// A name, in one of three fields, and a password.
#[derive(Debug, ToSchema)]
#[schema(as = Credentials)]
#[expect(dead_code, reason = "describes the body for the document; it is read into Credentials")]
pub(super) struct CredentialsBody {
    /// A username or an email address.
    login: Option<String>,
    /// Another name for `login`.
    username: Option<String>,
    /// Another name for `login`.
    email: Option<String>,
    /// The password.
    #[schema(format = Password)]
    password: String,
    /// Any refresh token that this program had of this account, spent or not. The attempt then counts as one from a
    /// known device, which others can't use up. The token itself is not used, and one that is not known does no harm.
    device: Option<String>,
}

/// A grant of OAuth (RFC 6749, 4.3 and 6), or the fields of `Credentials` without a `grant_type`. With one, other fields
/// than these are ignored.
#[derive(Debug, ToSchema)]
#[schema(as = Grant)]
#[expect(dead_code, reason = "describes the body for the document; it is read into a Grant")]
pub(super) struct GrantBody {
    /// `password` or `refresh_token`.
    grant_type: Option<String>,
    /// A username or an email address, for `password`.
    username: Option<String>,
    /// Another name for `username`, without a `grant_type`.
    login: Option<String>,
    /// Another name for `username`, without a `grant_type`.
    email: Option<String>,
    /// The password, for `password`.
    #[schema(format = Password)]
    password: Option<String>,
    /// The refresh token of the last pair, for `refresh_token`.
    refresh_token: Option<String>,
    /// Ignored, with a `grant_type`: every token may do what its owner may.
    scope: Option<String>,
    /// Ignored, with a `grant_type`: what a program says of itself proves nothing.
    client_id: Option<String>,
    /// Ignored, with a `grant_type`.
    client_secret: Option<String>,
    /// As in `Credentials`.
    device: Option<String>,
}
