//! `POST /api/v1/tokens/revoke`: makes a token invalid, no matter who sends it (RFC 7009).

use rocket::{State, post};
use utoipa::ToSchema;

use super::credentials::{refuse_doubled, required};
use crate::accounts::Accounts;
use crate::accounts::token;
use crate::api::body::{Body, Checked, Draft};
use crate::api::error::{Error, ProblemDocument};
use crate::http::same_origin::AllowedOrigin;
use crate::http::who::StrangerSource;

/// The token to revoke, or what is wrong with the request.
pub struct Revocation(Result<String, Error>);

/// A token. Other fields are ignored.
#[derive(Debug, ToSchema)]
#[schema(as = Revocation)]
#[expect(dead_code, reason = "describes the body for the document; it is read into a Revocation")]
struct RevocationBody {
    /// A refresh token, or an access token that is valid.
    token: String,
    /// Ignored, whatever it is: it is seen which of the two it is.
    #[schema(value_type = Option<serde_json::Value>)]
    token_type_hint: Option<serde_json::Value>,
}

impl Body for Revocation {
    const FORM: bool = true;

    fn read(draft: &mut Draft) -> Option<Revocation> {
        let token = refuse_doubled(draft).and_then(|()| required(draft, "token"));
        draft.let_be();
        Some(Revocation(token))
    }
}

/// Revoke a token (RFC 7009): its login ends, with all its tokens. An unknown one is answered alike.
#[utoipa::path(post, path = "/api/v1/tokens/revoke",
    operation_id = "revokeToken", tag = "Tokens",
    request_body(content((RevocationBody = "application/json"), (RevocationBody = "application/x-www-form-urlencoded"))),
    responses(
        (status = 200, description = "It is of no use now"),
        (status = 400, description = "The request is malformed, or lacks the token", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 403, description = "Sent by a page of an origin that is not allowed", body = ProblemDocument, content_type = "application/problem+json"),
    ))]
#[post("/api/v1/tokens/revoke", data = "<body>")]
pub async fn revoke(
    _origin: AllowedOrigin,
    source: StrangerSource,
    accounts: &State<Accounts>,
    body: Checked<Revocation>,
) -> Result<(), Error> {
    let revoked = token::revoke(accounts, &source.0, body.0.0?).await;
    revoked.map_err(|error| Error::from(error).for_oauth())
}
