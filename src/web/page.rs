//! What every page gets (who is logged in, the token for their forms, a flash message), and how it becomes an answer.

use chrono::NaiveDateTime;
use rocket::Request;
use rocket::http::{ContentType, CookieJar, Method, Status};
use rocket::request::{FromRequest, Outcome};
use rocket::response::{self, Responder, Response};
use serde::Serialize;
use serde_json::{Value, json};

use super::flash::Flash;
use super::form::Fields;
use super::renderer::Renderer;
use super::unsaved::Unsaved;
use crate::accounts::Accounts;
use crate::accounts::session::Identity;
use crate::accounts::throttle::Wait;
use crate::http::arrival::Arrival;
use crate::http::headers::{self, Allowance};
use crate::http::who::Visitor;
use crate::http::{self, Site};
use crate::notation::rfc3339;
use crate::texts::{self, Message};

/// A page, about to be rendered.
#[derive(Debug)]
pub struct Page {
    status: Status,
    retry_after: Option<Wait>,
    allowances: Vec<Allowance>,
    template: &'static str,
    pub(super) context: Value,
}

impl Page {
    /// A page whose template needs nothing but this context, an object.
    pub fn bare(template: &'static str, context: Value) -> Page {
        Page { status: Status::Ok, retry_after: None, allowances: Vec::new(), template, context }
    }

    /// The same page with another status.
    pub fn with_status(self, status: Status) -> Page {
        Page { status, ..self }
    }

    /// The same page with one thing more for its template.
    pub fn with(mut self, name: &str, value: Value) -> Page {
        self.context[name] = value;
        self
    }

    /// The same page with this addition to its content security policy.
    pub fn allowing(mut self, allowance: Allowance) -> Page {
        self.allowances.push(allowance);
        self
    }

    /// The same page with this message, in place of one that waits.
    pub fn saying(self, flash: &Flash) -> Page {
        self.with("flash", flash.view())
    }

    /// The same page with a message about what was sent, in place of one that waits.
    pub fn refusing(self, message: Message) -> Page {
        self.with("flash", json!({ "kind": "error", "message": message }))
    }

    /// The same page for someone who has to wait: 429.
    pub fn with_retry_after(self, wait: Wait) -> Page {
        Page { status: Status::TooManyRequests, retry_after: Some(wait), ..self }
    }
}

impl<'r> Responder<'r, 'static> for Page {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let rendered = Renderer::render(request, self.template, self.context)?;
        let mut response = Response::build_from(rendered.respond_to(request)?);
        if let Some(wait) = self.retry_after {
            response.raw_header("Retry-After", wait.seconds().to_string());
        }
        let mut response = response.status(self.status).header(ContentType::HTML).finalize();
        if !self.allowances.is_empty() {
            headers::allow(&mut response, &self.allowances);
        }
        Ok(response)
    }
}

/// What every page gets. A handler asks for it to make its page.
pub struct Layout<'r> {
    /// Who looks at the page.
    pub visitor: Visitor<'r>,
    accounts: &'r Accounts,
    site: &'r Site,
    jar: &'r CookieJar<'r>,
    method: Method,
    here: String,
}

impl Layout<'_> {
    /// A page with the layout's own context and this one. It shows the waiting flash message, which is then removed.
    pub fn page(&self, template: &'static str, context: Value) -> Page {
        let unsaved = self.take_unsaved().map(|unsaved| unsaved.flash());
        self.page_with(template, context, unsaved.or_else(|| self.take_flash()).as_ref())
    }

    /// The same with a flash message that was already taken.
    pub fn page_with(&self, template: &'static str, context: Value, flash: Option<&Flash>) -> Page {
        let identity = self.visitor.identity();
        let token = identity.map(|identity| self.accounts.csrf_token(&identity.session));
        with_layout(template, context, identity, token, flash)
    }

    /// What was typed into the form of this page and came too early or too late, and the message to show: about that, or
    /// the one that waits.
    pub fn opened(&self) -> (Option<Fields>, Option<Flash>) {
        match self.take_unsaved() {
            Some(unsaved) => {
                let flash = unsaved.flash();
                (unsaved.into_fields(), Some(flash))
            }
            None => (None, self.take_flash()),
        }
    }

    /// Takes the waiting flash message, for a page that needs to know it. A HEAD leaves it where it is.
    pub fn take_flash(&self) -> Option<Flash> {
        if self.method == Method::Head { None } else { Flash::take(self.jar, self.site) }
    }

    /// Takes the form that was sent from this page and was not done, for a page that shows it again. Only opening the
    /// page takes it.
    pub fn take_unsaved(&self) -> Option<Unsaved> {
        let identity = self.visitor.identity().filter(|_| self.method == Method::Get)?;
        Unsaved::take(&self.accounts.csrf_mark(&identity.session), &self.here, self.jar, self.site)
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Layout<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let visitor = request.guard::<Visitor>().await;
        let method = Arrival::of(request).method;
        let (accounts, site) = (http::accounts(request), Site::of(request));
        let here = request.uri().to_string();
        visitor.map(|visitor| Layout { visitor, accounts, site, jar: request.cookies(), method, here })
    }
}

/// A page with the layout's own context and this one.
pub(super) fn with_layout(
    template: &'static str,
    context: Value,
    identity: Option<&Identity>,
    token: Option<String>,
    flash: Option<&Flash>,
) -> Page {
    let mut page = Page::bare(template, context);
    page.context["user"] = identity.map(user).unwrap_or_default();
    page.context["csrf"] = token.into();
    page.context["flash"] = flash.map(Flash::view).unwrap_or_default();
    page
}

fn user(identity: &Identity) -> Value {
    json!({
        "name": identity.user.display_name,
        "username": identity.user.username,
        "email": identity.user.email,
        "roles": identity.roles,
        "is_admin": identity.is_admin(),
    })
}

/// A moment in time, for people (with its zone) and for machines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct When {
    at: Value,
    iso: String,
}

impl From<NaiveDateTime> for When {
    fn from(at: NaiveDateTime) -> When {
        When { at: texts::moment(at), iso: rfc3339(at) }
    }
}
