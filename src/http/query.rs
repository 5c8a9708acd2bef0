//! What a query may hold below `/api`: what the route's own pattern names, each once. Rocket would ignore the rest, and
//! drop a filter that was sent twice, so that a list is of more than was asked for.

use rocket::Request;
use rocket::http::{Method, Status};

use super::{methods, paths, problem};
use crate::texts::Given;

/// Looks at the query of a request before it is routed.
///
/// # Errors
/// 422, with the names of the bad parameters left for the answer.
pub(super) fn check(request: &Request<'_>) -> Result<(), Status> {
    let Some(query) = request.uri().query().filter(|query| !query.is_empty()) else { return Ok(()) };
    // Proxies ask that one with the query of the page that somebody visits.
    if !paths::is_below_api(request.uri()) || paths::is_at(request, paths::WITH_COOKIE) {
        return Ok(());
    }
    let method = if request.method() == Method::Head { Method::Get } else { request.method() };
    let Some(route) = methods::routes_at(request).into_iter().find(|route| route.method == method) else {
        return Ok(());
    };
    let pattern = route.uri.query().unwrap_or_default();
    let is_known =
        |name: &str| !name.is_empty() && pattern.split('&').any(|part| part.trim_matches(['<', '>']) == name);
    let names: Vec<_> = url::form_urlencoded::parse(query.as_str().as_bytes()).map(|(name, _)| name).collect();
    let mut errors: Vec<(String, Given)> = Vec::new();
    for (place, name) in names.iter().enumerate() {
        let message = match (is_known(name), names[..place].contains(name)) {
            (true, false) => continue,
            (true, true) => "This parameter was sent more than once.",
            (false, _) => "Unknown parameter.",
        };
        errors.push((name.to_string(), message.into()));
    }
    if errors.is_empty() {
        return Ok(());
    }
    problem::note_fields(request, errors);
    Err(Status::UnprocessableEntity)
}
