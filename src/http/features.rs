//! The routes of a door, from those of its features.

use rocket::Route;

/// The routes of all these features, in their order.
pub fn routes_of(features: &[fn() -> Vec<Route>]) -> Vec<Route> {
    features.iter().flat_map(|routes| routes()).collect()
}
