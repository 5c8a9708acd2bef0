//! The sign-up page: its form, as it is opened and as it comes again, and what is there when it is closed.

use rocket::http::Status;
use serde_json::{Value, json};

use super::form::SignUpForm;
use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::accounts::invitation::Invitation;
use crate::accounts::sign_up;
use crate::web::captcha;
use crate::web::page::{Layout, Page};

/// What the page is made of, beside its form.
pub(super) struct Opened<'a> {
    /// For the page around it.
    pub layout: &'a Layout<'a>,
    /// Whose rules hold.
    pub accounts: &'a Accounts,
    /// Who looks at it.
    pub source: &'a Source,
    /// The invitation that they have.
    pub invited: Option<&'a Invitation>,
}

impl Opened<'_> {
    /// The only address that the invitation is for.
    pub fn invited_email(&self) -> Option<&str> {
        self.invited?.email.as_deref()
    }

    /// The form again, with what was typed but for the password.
    pub fn again(&self, form: &SignUpForm, errors: Value) -> Page {
        self.page(form, errors).with_status(Status::UnprocessableEntity)
    }

    /// The form.
    pub fn page(&self, form: &SignUpForm, errors: Value) -> Page {
        let mut context = context(self.accounts, form, errors);
        context["invited"] = self.invited.is_some().into();
        context["invited_email"] = self.invited_email().into();
        if let Some(email) = self.invited_email().filter(|_| context["form"]["email"] == "") {
            context["form"]["email"] = email.into();
        }
        let page = self.layout.page("sign_up/new", context);
        if sign_up::needs_captcha(self.accounts, self.invited, self.source) {
            captcha::ask(page, self.accounts, &form.opened, &form.captcha)
        } else {
            page
        }
    }
}

/// What someone sees who may not sign up.
pub(super) fn closed(layout: &Layout<'_>, accounts: &Accounts) -> Page {
    let context = json!({ "by_invitation": accounts.sign_up.is_by_invitation() });
    layout.page("sign_up/closed", context).with_status(Status::Forbidden)
}

fn context(accounts: &Accounts, form: &SignUpForm, errors: Value) -> Value {
    json!({
        "form": form.typed.kept(),
        "next": (!form.next.is_home()).then(|| form.next.as_str()),
        "login": form.next.by_way_of_login().as_str(),
        "opened": form.opened,
        "needs_email": accounts.sign_up.needs_email(),
        "email_endings": accounts.sign_up.email_endings(),
        "min_length": accounts.password_rules.min_length(),
        "errors": errors,
    })
}
