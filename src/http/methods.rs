//! Which methods a path knows, so that a wrong one is a 405 with `Allow` and not a 404.

use std::collections::BTreeSet;

use rocket::http::Method;
use rocket::{Request, Route};

use super::arrival::REFUSED;
use super::paths::parts;

/// The `Allow` of a path that is known, but not for the method of this request.
pub fn allowed_instead(request: &Request<'_>) -> Option<String> {
    let path = parts(request.uri());
    let mut methods: BTreeSet<&str> = BTreeSet::new();
    for route in request.rocket().routes().filter(|route| matches(route, &path)) {
        if route.method == request.method() {
            return None;
        }
        // A route for everything below a path makes no single one of them known.
        if route.uri.path().ends_with("..>") {
            continue;
        }
        methods.insert(route.method.as_str());
        if route.method == Method::Get {
            methods.insert(Method::Head.as_str());
        }
    }
    (!methods.is_empty()).then(|| methods.into_iter().collect::<Vec<_>>().join(", "))
}

/// Whether a route is for this path, whatever its method.
fn matches(route: &Route, path: &[String]) -> bool {
    let pattern = route.uri.path();
    if pattern == REFUSED {
        return false;
    }
    let mut rest = path.iter();
    for part in pattern.split('/').filter(|part| !part.is_empty()) {
        if part.starts_with('<') && part.ends_with("..>") {
            return true;
        }
        match rest.next() {
            Some(given) if part.starts_with('<') || part == given => {}
            _ => return false,
        }
    }
    rest.next().is_none()
}
