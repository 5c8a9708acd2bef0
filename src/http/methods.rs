//! Which methods a path knows, so that a wrong one is a 405 with `Allow` and not a 404.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rocket::http::Method;
use rocket::{Request, Route};

use super::arrival::REFUSED;

/// The `Allow` of a path that is known, but not for the method of this request.
pub fn allowed_instead(request: &Request<'_>) -> Option<String> {
    let path = request.uri().path();
    let path: Vec<Cow<'_, str>> =
        path.split('/').filter(|part| !part.is_empty()).map(|part| part.percent_decode_lossy()).collect();
    let mut methods: BTreeSet<&str> = BTreeSet::new();
    for route in request.rocket().routes().filter(|route| matches(route, &path)) {
        if route.method == request.method() {
            return None;
        }
        methods.insert(route.method.as_str());
        if route.method == Method::Get {
            methods.insert(Method::Head.as_str());
        }
    }
    (!methods.is_empty()).then(|| methods.into_iter().collect::<Vec<_>>().join(", "))
}

/// Whether a route is for this path, whatever its method.
fn matches(route: &Route, path: &[Cow<'_, str>]) -> bool {
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
