//! Forms that act as whoever is logged in. Each has to bring the token of its session. What comes after the session's
//! end is not done, but kept for after the login as far as that is safe; so is what comes when its sender has to confirm
//! with the password first.

use rocket::data::{Data, FromData, Outcome};
use rocket::http::Status;
use rocket::request::{self, FromRequest};
use rocket::{Request, async_trait};

use super::{PostedForm, Texts, texts, understand};
use crate::accounts::audit::{Refusal, Source};
use crate::accounts::csrf;
use crate::http::accounts;
use crate::http::local_path::LocalPath;
use crate::http::problem;
use crate::http::refusal::{self, Who};
use crate::http::same_origin::SameOrigin;
use crate::http::who::{ConfirmationNeeded, CurrentUser, LoginNeeded, UserSource};
use crate::texts::Message;
use crate::web::flash::Flash;
use crate::web::unsaved::{TooEarly, Unsaved};

/// The hidden field that holds the session's token.
const CSRF: &str = "csrf";

/// A form that does something as the one who is logged in.
pub trait ActsAsSession: PostedForm {
    /// The fields that may be kept until after the login, or until the password was confirmed. Never one with a secret.
    const KEPT: &'static [&'static str] = &[];

    /// What is said when the session has ended, if the form itself may have ended it: a double click sends it twice, and
    /// the second one comes too late.
    const WHEN_LATE: Option<Flash> = None;

    /// The page where the form stands that was sent to this path; usually it has the same address.
    fn stands_at(&self, sent_to: &str) -> LocalPath {
        LocalPath::parse(sent_to).unwrap_or_else(LocalPath::home)
    }
}

/// What is said when a form comes after the end of its session, which an earlier copy of it may have ended.
#[derive(Debug, Clone)]
pub struct Late(Option<Flash>);

impl Late {
    fn note(request: &Request<'_>, flash: Flash) {
        request.local_cache(|| Late(Some(flash)));
    }

    /// What was left in this request.
    pub fn of(request: &Request<'_>) -> Option<Flash> {
        request.local_cache(|| Late(None)).0.clone()
    }
}

/// A form that came from a page of this session, and who sent it, as the guard `G` says.
#[derive(Debug)]
pub struct FormOf<G, T> {
    /// What the guard found out.
    pub who: G,
    /// The same for the audit.
    pub source: Source,
    /// What was sent.
    pub form: T,
}

#[async_trait]
impl<'r, G, T> FromData<'r> for FormOf<G, T>
where
    G: FromRequest<'r, Error = ()> + Send,
    T: ActsAsSession + Send,
{
    type Error = ();

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        match read(request, data).await {
            Ok(sent) => Outcome::Success(sent),
            Err(status) => Outcome::Error((status, ())),
        }
    }
}

async fn read<'r, G, T>(request: &'r Request<'_>, data: Data<'r>) -> Result<FormOf<G, T>, Status>
where
    G: FromRequest<'r, Error = ()>,
    T: ActsAsSession,
{
    passed::<SameOrigin>(request).await?;
    if let Some(flash) = T::WHEN_LATE {
        Late::note(request, flash);
    }
    let who = match passed::<G>(request).await {
        Ok(who) => who,
        Err(status) => {
            if let Some(why) = why_kept::<T>(request, status) {
                keep::<T>(request, data, why).await;
            }
            return Err(status);
        }
    };
    let UserSource(source) = passed(request).await?;
    let texts = texts(request, data, T::KIBIBYTES).await?;
    let texts = without_token(request, texts).await?;
    Ok(FormOf { who, source, form: understand(request, texts)? })
}

async fn passed<'r, G: FromRequest<'r, Error = ()>>(request: &'r Request<'_>) -> Result<G, Status> {
    match request.guard::<G>().await {
        request::Outcome::Success(passed) => Ok(passed),
        request::Outcome::Error((status, ())) | request::Outcome::Forward(status) => Err(status),
    }
}

/// Refuses what does not bring the token of the session that it acts as, once; takes it out.
async fn without_token(request: &Request<'_>, mut texts: Texts) -> Result<Texts, Status> {
    let CurrentUser(identity) = passed(request).await?;
    match take_token(&mut texts) {
        Some(token) if accounts(request).is_csrf_token(&identity.session, &token) => Ok(texts),
        _ => {
            let who = Who::User(&identity.user.id);
            refusal::note(request, Refusal::RequestRefused, who, "without the token of its session");
            let is_late = Late::of(request).is_some();
            problem::note(
                request,
                Message::new(if is_late { "unsaved-perhaps-done" } else { "unsaved-logged-in-again" }),
            );
            Err(Status::Forbidden)
        }
    }
}

/// Takes out the token, if it came exactly once.
fn take_token(texts: &mut Texts) -> Option<String> {
    let mut tokens = texts.extract_if(.., |(name, _)| name == CSRF).map(|(_, token)| token).collect::<Vec<_>>();
    if tokens.len() == 1 { tokens.pop() } else { None }
}

/// For what a refused form has to wait, if it may wait at all: one that may have ended its session itself may not.
fn why_kept<T: ActsAsSession>(request: &Request<'_>, status: Status) -> Option<TooEarly> {
    if request.local_cache(|| ConfirmationNeeded(false)).0 {
        return Some(TooEarly::Unconfirmed);
    }
    let needs_login = status == Status::Unauthorized && request.local_cache(|| LoginNeeded(false)).0;
    (needs_login && T::WHEN_LATE.is_none()).then_some(TooEarly::LoggedOut)
}

/// Leaves in the request what a form said that was not done, for the catcher, which sends its sender to the login or to
/// the confirmation. A form that can't be read, or does not say whose it was, leaves nothing.
async fn keep<T: ActsAsSession>(request: &Request<'_>, data: Data<'_>, why: TooEarly) {
    let Ok(mut texts) = texts(request, data, T::KIBIBYTES).await else { return };
    let Some(token) = take_token(&mut texts) else { return };
    let Some(mark) = csrf::mark_of(&token) else { return };
    let typed = texts.iter().filter(|(name, _)| T::KEPT.contains(&name.as_str())).cloned().collect();
    let Ok(form) = understand::<T>(request, texts) else { return };
    let place = form.stands_at(request.uri().path().as_str());
    Unsaved::new(mark, &place, why, typed).note(request);
}
