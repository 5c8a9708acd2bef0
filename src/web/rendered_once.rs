//! Pages that are the same for every stranger, such as the login page: each is rendered
//! and packed once. None holds a secret: a stranger has no session, and so no form token.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use rocket::Request;
use rocket::http::{ContentType, Status};
use rocket::response::{self, Responder};
use serde_json::Value;

use super::page::with_layout;
use super::renderer::Renderer;
use crate::http::packed::Packed;

/// A page that is the same for every stranger: it is rendered once.
#[derive(Debug)]
pub struct PageForStrangers {
    template: &'static str,
    context: fn(&Request<'_>) -> Value,
}

impl PageForStrangers {
    /// A page whose template needs nothing but this context; of the request it may use what is the same for everyone.
    pub fn new(template: &'static str, context: fn(&Request<'_>) -> Value) -> PageForStrangers {
        PageForStrangers { template, context }
    }
}

/// The pages that were rendered once, by their templates. Managed by Rocket.
#[derive(Debug, Default)]
pub struct RenderedPages(RwLock<HashMap<&'static str, Packed>>);

impl RenderedPages {
    fn get(&self, template: &str) -> Option<Packed> {
        // A debug build renders each time, since templates may change.
        let pages = self.0.read().unwrap_or_else(PoisonError::into_inner);
        pages.get(template).filter(|_| !cfg!(debug_assertions)).cloned()
    }

    fn keep(&self, template: &'static str, page: Packed) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(template, page);
    }
}

impl<'r> Responder<'r, 'static> for PageForStrangers {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let rendered: &RenderedPages = request.rocket().state().ok_or(Status::InternalServerError)?;
        let page = match rendered.get(self.template) {
            Some(page) => page,
            None => {
                let context = with_layout(self.template, (self.context)(request), None, None, None).context;
                let page = Renderer::render(request, self.template, context)?;
                let page = Packed::new(page.as_bytes());
                rendered.keep(self.template, page.clone());
                page
            }
        };
        // No entity tag: like every page, it is never cached.
        Ok(page.answer(request, ContentType::HTML, None))
    }
}
