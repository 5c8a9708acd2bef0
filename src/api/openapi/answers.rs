//! Answers that many calls have in common, besides those that their handlers declare: defined once, in `components`,
//! and referred to.

use utoipa::Modify;
use utoipa::openapi::header::Header;
use utoipa::openapi::path::Operation;
use utoipa::openapi::{ContentBuilder, ObjectBuilder, OpenApi, Ref, RefOr, Response, ResponseBuilder, Type};

/// An answer that many calls have in common.
struct Common {
    /// Its name in the document.
    name: &'static str,
    status: &'static str,
    description: &'static str,
    /// Whether a call may get this answer.
    applies: fn(&Call) -> bool,
    /// A header that says more.
    header: Option<(&'static str, Type, &'static str)>,
}

/// The properties of a call that decide which of these answers it may get.
struct Call {
    has_body: bool,
    /// It takes an access token.
    has_token: bool,
    /// It is for admins only.
    admins: bool,
    /// It counts as a change of the account (`http::pace`).
    counts: bool,
}

const RETRY_AFTER: Option<(&str, Type, &str)> = Some(("Retry-After", Type::Integer, "Seconds to wait"));

const COMMON: &[Common] = &[
    Common::new("BadRequest", "400", "The request is malformed", |_| true),
    Common {
        header: Some(("WWW-Authenticate", Type::String, "The challenge of RFC 6750")),
        ..Common::new("Unauthorized", "401", "The access token is missing, invalid or expired", |call| call.has_token)
    },
    Common::new("AdminsOnly", "403", "Admins only", |call| call.admins),
    Common::new("BodyTooSlow", "408", "The body took too long", |call| call.has_body),
    Common::new("BodyTooLarge", "413", "The body is too large", |call| call.has_body),
    Common::new("UnsupportedBody", "415", "The body's content type is not accepted", |call| call.has_body),
    Common::new(
        "InvalidFields",
        "422",
        "A field or a query parameter is missing, unknown, sent more than once, or invalid",
        |_| true,
    ),
    Common {
        header: RETRY_AFTER,
        ..Common::new("TooManyChanges", "429", "Too many changes by this account; see Retry-After", |call| {
            call.has_token && call.counts && !call.admins
        })
    },
    Common::new("ServerFailed", "500", "The server failed", |_| true),
    Common {
        header: RETRY_AFTER,
        ..Common::new("ServerBusy", "503", "The server is busy or can't reach its data; see Retry-After", |_| true)
    },
];

/// Calls that change something without counting as a change (`http::pace`), besides the administration of accounts.
const UNCOUNTED: &[&str] =
    &["/api/v1/tokens/current", "/api/v1/me/sessions", "/api/v1/me/sessions/{id}", "/api/v1/me/password"];

impl Common {
    const fn new(
        name: &'static str,
        status: &'static str,
        description: &'static str,
        applies: fn(&Call) -> bool,
    ) -> Common {
        Common { name, status, description, applies, header: None }
    }

    fn response(&self) -> Response {
        let schema = Ref::from_schema_name("Problem");
        let mut response = ResponseBuilder::new()
            .description(self.description)
            .content("application/problem+json", ContentBuilder::new().schema(Some(schema)).build());
        if let Some((name, of_type, description)) = &self.header {
            let mut header = Header::new(ObjectBuilder::new().schema_type(of_type.clone()));
            header.description = Some((*description).to_owned());
            response = response.header(*name, header);
        }
        response.build()
    }
}

/// Adds these answers to each call.
pub(super) struct CommonAnswers;

impl Modify for CommonAnswers {
    fn modify(&self, document: &mut OpenApi) {
        for (path, item) in &mut document.paths.paths {
            let reads = item.get.iter_mut().map(|operation| (operation, false));
            let writes = [&mut item.put, &mut item.post, &mut item.delete, &mut item.patch].into_iter().flatten();
            for (operation, writes) in reads.chain(writes.map(|operation| (operation, true))) {
                add(operation, writes && !UNCOUNTED.contains(&path.as_str()));
            }
        }
        let components = document.components.get_or_insert_default();
        for common in COMMON {
            components.responses.insert(common.name.to_owned(), common.response().into());
        }
    }
}

fn add(operation: &mut Operation, counts: bool) {
    let has_token = operation.security.as_ref().is_some_and(|security| !security.is_empty());
    let for_admins = ["Users", "Invitations", "Audit", "Server"];
    let admins = operation.tags.iter().flatten().any(|tag| for_admins.contains(&tag.as_str())) && has_token;
    let call = Call { has_body: operation.request_body.is_some(), has_token, admins, counts };
    for common in COMMON.iter().filter(|common| (common.applies)(&call)) {
        let known = &mut operation.responses.responses;
        let told_once = || RefOr::Ref(Ref::from_response_name(common.name));
        known.entry(common.status.to_owned()).or_insert_with(told_once);
    }
}
