//! Requests that ask how the server is: by whatever name they reach it, and without a line in the log.

use rocket::Request;
use rocket::http::Method;

/// Where the process answers.
pub const HEALTH: &str = "/healthz";

/// Where it answers whether it can do its work.
pub const READINESS: &str = "/readyz";

/// Whether a request is such a probe. Load balancers and Kubernetes ask by address, not by the name of the site, and
/// every few seconds.
pub fn is_one(request: &Request<'_>) -> bool {
    let path = request.uri().path().as_str();
    matches!(path, HEALTH | READINESS) && matches!(request.method(), Method::Get | Method::Head)
}
