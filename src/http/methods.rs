//! Which methods a path accepts: a wrong one is answered with 405 and `Allow` instead of 404, and OPTIONS lists them
//! (RFC 9110, 9.3.7).

use std::collections::BTreeSet;

use rocket::http::Method;
use rocket::{Request, Route};

use super::paths::{REACHED, REFUSED, parts};

/// The `Allow` of a path that is known, but not for the method of this request.
pub fn allowed_instead(request: &Request<'_>) -> Option<String> {
    let known = routes_at(request).iter().any(|route| route.method == request.method());
    if known { None } else { allowed(request) }
}

/// The `Allow` of a path that is known.
pub fn allowed(request: &Request<'_>) -> Option<String> {
    let mut methods: BTreeSet<&str> = routes_at(request).iter().map(|route| route.method.as_str()).collect();
    if methods.is_empty() {
        return None;
    }
    if methods.contains(Method::Get.as_str()) {
        methods.insert(Method::Head.as_str());
    }
    methods.insert(Method::Options.as_str());
    Some(methods.into_iter().collect::<Vec<_>>().join(", "))
}

/// The routes for the path of a request, whatever its method. One for everything below a path makes no single address
/// known.
pub(super) fn routes_at<'r>(request: &'r Request<'_>) -> Vec<&'r Route> {
    let path = parts(request.uri());
    let routes = request.rocket().routes().filter(|route| !route.uri.path().ends_with("..>"));
    routes.filter(|route| matches(route, &path)).collect()
}

/// Whether a route is for this path, whatever its method.
fn matches(route: &Route, path: &[String]) -> bool {
    let pattern = route.uri.path();
    if [REFUSED, REACHED].contains(&pattern) {
        return false;
    }
    let mut rest = path.iter();
    for part in pattern.split('/').filter(|part| !part.is_empty()) {
        match rest.next() {
            Some(given) if part.starts_with('<') || part == given => {}
            _ => return false,
        }
    }
    rest.next().is_none()
}
