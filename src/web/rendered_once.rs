//! Pages that are the same for every stranger, such as the login page: each is rendered once.

use std::collections::HashMap;
use std::io::Cursor;
use std::sync::{Arc, PoisonError, RwLock};

use rocket::Request;
use rocket::http::{ContentType, Status};
use rocket::response::{self, Responder, Response};
use rocket_dyn_templates::Template;
use serde_json::Value;

use super::page::{note_unrendered, with_layout};

/// A page that is the same for every stranger: it is rendered once.
#[derive(Debug)]
pub struct PageForStrangers {
    template: &'static str,
    context: fn() -> Value,
}

impl PageForStrangers {
    /// A page of which the template needs only what this makes.
    pub fn new(template: &'static str, context: fn() -> Value) -> PageForStrangers {
        PageForStrangers { template, context }
    }
}

/// The pages that were rendered once, by their templates. Managed by Rocket.
#[derive(Debug, Default)]
pub struct RenderedPages(RwLock<HashMap<&'static str, Arc<str>>>);

impl RenderedPages {
    fn get(&self, template: &str) -> Option<Arc<str>> {
        // In debug templates may change.
        let pages = self.0.read().unwrap_or_else(PoisonError::into_inner);
        pages.get(template).filter(|_| !cfg!(debug_assertions)).cloned()
    }

    fn keep(&self, template: &'static str, page: Arc<str>) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(template, page);
    }
}

impl<'r> Responder<'r, 'static> for PageForStrangers {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let rendered: &RenderedPages = request.rocket().state().ok_or(Status::InternalServerError)?;
        let page = match rendered.get(self.template) {
            Some(page) => page,
            None => {
                let context = with_layout(self.template, (self.context)(), None, None, None).context;
                let page = Template::show(request.rocket(), self.template, context);
                let page: Arc<str> = page
                    .ok_or_else(|| {
                        note_unrendered(request, self.template);
                        Status::InternalServerError
                    })?
                    .into();
                rendered.keep(self.template, Arc::clone(&page));
                page
            }
        };
        let body = Cursor::new(Shared(page));
        let mut response = Response::build();
        response.header(ContentType::HTML).sized_body(body.get_ref().0.len(), body).ok()
    }
}

/// Text that many answers send.
struct Shared(Arc<str>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}
