//! `GET /signup`, `POST /signup`: anyone, or whoever has an invitation, makes an account of their own, and is logged in
//! unless it waits, or is made by a link (`confirm`) only.

mod confirm;
pub(super) mod fields;
mod form;
mod page;

use chrono::Utc;
use rocket::http::{CookieJar, Status};
use rocket::{Either, Route, State, get, post, routes};
use serde_json::json;

use self::fields::Needed;
use self::form::SignUpForm;
use self::page::{Opened, closed};
use super::error::Error;
use super::flash::Flash;
use super::form::CheckedForm;
use super::invitation;
use super::login::place;
use super::one_time_link::no_more;
use super::page::{Layout, Page};
use super::see_other::SeeOther;
use crate::accounts::Accounts;
use crate::accounts::captcha::{Answer, Unsolved};
use crate::accounts::invitation::check as find_invitation;
use crate::accounts::sign_up::{self, Refused, Robot, Shown, SignedUp};
use crate::accounts::user;
use crate::http::Site;
use crate::http::cookies::{self, Presented};
use crate::http::features::routes_of;
use crate::http::who::{StrangerSource, Visitor};
use crate::texts::Worded;

/// Whoever is signed in goes on.
#[get("/signup?<next>")]
async fn new(
    next: Option<&str>,
    layout: Layout<'_>,
    source: StrangerSource,
    accounts: &State<Accounts>,
    site: &State<Site>,
    jar: &CookieJar<'_>,
) -> Result<Either<Page, SeeOther>, Error> {
    let next = place(next);
    if let Visitor::SignedIn(_) = layout.visitor {
        return Ok(Either::Right(SeeOther::at(next)));
    }
    let token = invitation::kept(jar, site);
    let invited = find_invitation(accounts, token.as_ref(), &source.0).await?;
    match (&token, &invited) {
        // Nobody fills in a form that can't be sent.
        (Some(_), None) => {
            invitation::COOKIE.forget(jar, site);
            return Ok(Either::Left(no_more(&layout)));
        }
        (None, _) if !accounts.sign_up.is_open() => return Ok(Either::Left(closed(&layout, accounts))),
        _ => {}
    }
    let form = SignUpForm::empty(next, now(accounts));
    let opened = Opened { layout: &layout, accounts, source: &source.0, invited: invited.as_ref() };
    Ok(Either::Left(opened.page(&form, json!({}))))
}

#[post("/signup", data = "<form>")]
async fn create(
    form: CheckedForm<SignUpForm>,
    layout: Layout<'_>,
    source: StrangerSource,
    presented: Presented,
    accounts: &State<Accounts>,
    site: &State<Site>,
    jar: &CookieJar<'_>,
) -> Result<Either<Page, SeeOther>, Error> {
    let mut form = form.0;
    let token = invitation::kept(jar, site);
    let invited = find_invitation(accounts, token.as_ref(), &source.0).await?;
    match (&token, &invited) {
        // What someone was invited to be, they don't become without.
        (Some(_), None) => {
            invitation::COOKIE.forget(jar, site);
            return Ok(Either::Left(no_more(&layout)));
        }
        (None, _) if !accounts.sign_up.is_open() => return Ok(Either::Left(closed(&layout, accounts))),
        _ => {}
    }
    let opened = Opened { layout: &layout, accounts, source: &source.0, invited: invited.as_ref() };
    if let Err(robot) = sign_up::screen(accounts, &form.website, &form.opened, &source.0) {
        if robot == Robot::Outdated {
            form.opened = now(accounts);
            // A captcha belongs to the form that it was asked for.
            form.captcha = Answer::default();
        }
        let page = opened.again(&form, json!({})).refusing(robot.words());
        return Ok(Either::Left(page));
    }
    let needed = if opened.invited_email().is_some() { Needed::ByInvitation } else { Needed::ByRules };
    let wanted = match form.typed.understand(accounts, needed) {
        Ok(wanted) => wanted,
        Err(errors) => return Ok(Either::Left(opened.again(&form, errors))),
    };
    let shown = Shown { invitation: token, captcha: &form.captcha, form: form.opened.as_str() };
    let refused = match sign_up::sign_up_and_log_in(accounts, wanted, shown, presented.session, &source.0).await {
        Ok(SignedUp::SignedIn(signed_in)) => {
            invitation::COOKIE.forget(jar, site);
            cookies::sign_in(jar, site, &signed_in);
            return Ok(Either::Right(SeeOther::at(form.next)));
        }
        Ok(SignedUp::Asked) => return Ok(Either::Right(confirm::to_sent())),
        Ok(SignedUp::Waiting(_)) => {
            return Ok(Either::Right(SeeOther::login().saying(Flash::SignedUpToWait)));
        }
        Err(refused) => refused,
    };
    let words = refused.words();
    if !matches!(refused, Refused::Captcha(Unsolved::Missing)) {
        // It is spent now.
        form.captcha = Answer::default();
    }
    let page = |errors| opened.again(&form, errors);
    Ok(Either::Left(match refused {
        Refused::Closed | Refused::NotInvited => closed(&layout, accounts),
        Refused::Invitation => no_more(&layout),
        Refused::Throttled(wait) => page(json!({})).refusing(words).with_retry_after(wait),
        Refused::Busy(full) => {
            page(json!({})).refusing(words).with_retry_after(full.0).with_status(Status::ServiceUnavailable)
        }
        Refused::ReservedUsername | Refused::NoName => page(json!({ "username": words })),
        Refused::Captcha(_) => page(json!({ "captcha_answer": words })),
        Refused::Email(_) | Refused::InvitedAddress(_) => page(json!({ "email": words })),
        Refused::User(user::Error::Database(error)) => return Err(error.into()),
        Refused::User(error) => match fields::taken(&error) {
            Some(errors) => page(errors),
            None => return Err(Error::Status(Status::Conflict)),
        },
    }))
}

fn now(accounts: &Accounts) -> String {
    accounts.opening_mark(Utc::now())
}

/// The routes of this feature.
pub fn routes() -> Vec<Route> {
    routes_of(&[|| routes![new, create], confirm::routes])
}
