//! How many requests there were and how long they took, by route, for monitoring.
//!
//! A route is told by its own pattern, never by what was sent, so there are as many numbers as routes. They are made at
//! the start: counting one looks it up, and takes no lock.

use std::collections::HashMap;
use std::sync::Arc;

use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::Method;
use rocket::{Request, Response, Route};

use super::arrival::Arrival;
use super::paths;
use crate::metrics::{Counter, Histogram, Page};

/// What is said of requests that no route matched.
const NO_ROUTE: Name<'static> = Name { method: "any", route: "none" };

/// What is said of those that were refused before they were routed, such as for another host.
const REFUSED: Name<'static> = Name { method: "any", route: "refused" };

/// The classes of statuses.
const STATUSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];

/// The numbers of all routes. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Requests(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    /// By pattern. Few patterns have many methods.
    routes: HashMap<String, Vec<(Method, Numbers)>>,
    no_route: Numbers,
    refused: Numbers,
}

/// The numbers of one route.
#[derive(Debug, Default)]
struct Numbers {
    took: Histogram,
    statuses: [Counter; STATUSES.len()],
}

/// How the numbers of one route are labelled.
struct Name<'a> {
    method: &'a str,
    route: &'a str,
}

impl Requests {
    /// For these routes; nothing was counted yet.
    pub fn of<'r>(routes: impl Iterator<Item = &'r Route>) -> Requests {
        let mut inner = Inner::default();
        for route in routes.filter(|route| route.uri.path() != paths::REFUSED) {
            let of_pattern = inner.routes.entry(route.uri.path().to_owned()).or_default();
            // A page and JSON at one address are two routes.
            if of_pattern.iter().all(|(method, _)| *method != route.method) {
                of_pattern.push((route.method, Numbers::default()));
            }
        }
        Requests(Arc::new(inner))
    }

    /// Writes the numbers of every route that has been asked for.
    pub fn write(&self, page: &mut Page) {
        let mut all: Vec<(Name<'_>, &Numbers)> = vec![(NO_ROUTE, &self.0.no_route), (REFUSED, &self.0.refused)];
        for (route, of_pattern) in &self.0.routes {
            all.extend(of_pattern.iter().map(|(method, numbers)| (Name { method: method.as_str(), route }, numbers)));
        }
        all.retain(|(_, numbers)| numbers.took.count() > 0);
        all.sort_by_key(|(name, _)| (name.route, name.method));
        let help = "Requests by route and by the class of their status.";
        let mut family = page.counter("vestibule_http_requests_total", help);
        for (name, numbers) in &all {
            for (status, number) in STATUSES.iter().zip(&numbers.statuses).filter(|(_, number)| number.get() > 0) {
                family.value(&[("method", name.method), ("route", name.route), ("status", status)], number.get());
            }
        }
        let help = "How long requests took by route, from when they had arrived whole.";
        let mut family = page.histogram("vestibule_http_request_duration_seconds", help);
        for (name, numbers) in &all {
            family.durations(&[("method", name.method), ("route", name.route)], &numbers.took);
        }
    }

    fn numbers(&self, route: Option<&Route>) -> &Numbers {
        let Some(route) = route else { return &self.0.no_route };
        let path = route.uri.path();
        if path == paths::REFUSED {
            return &self.0.refused;
        }
        let of_pattern = self.0.routes.get(path);
        let found = of_pattern.and_then(|all| all.iter().find(|(method, _)| *method == route.method));
        found.map_or(&self.0.no_route, |(_, numbers)| numbers)
    }
}

#[rocket::async_trait]
impl Fairing for Requests {
    fn info(&self) -> Info {
        Info { name: "Metrics", kind: Kind::Response }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let numbers = self.numbers(request.route());
        numbers.took.note(Arrival::of(request).began.elapsed());
        let class = usize::from(response.status().code / 100).clamp(1, STATUSES.len());
        numbers.statuses[class - 1].count();
    }
}
