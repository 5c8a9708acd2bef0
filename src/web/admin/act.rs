//! What an admin does to others on pages. Each act is a form at the address of a page of its own: whoever has to confirm
//! with the password first comes back there.

use rocket::Request;
use rocket::data::{Data, FromData, Outcome};

use crate::accounts::audit::{Actor, Source};
use crate::accounts::session::Identity;
use crate::http::pace::Uncounted;
use crate::http::who::RecentAdmin;
use crate::web::form::{ActsAsSession, FormOf};

/// A form that came from a page of an admin's session, who was asked for the password lately. It doesn't count as a
/// change of the admin's own account: there may be a thousand accounts to look after.
#[derive(Debug)]
pub struct ActOf<'r, T> {
    /// The admin.
    pub admin: &'r Identity,
    /// The same for the change, which is theirs as an admin: whatever they make, such as a link, is worth nothing once
    /// they are none.
    pub source: Source,
    /// What was sent.
    pub form: T,
}

#[rocket::async_trait]
impl<'r, T: ActsAsSession + Send> FromData<'r> for ActOf<'r, T> {
    type Error = ();

    async fn from_data(request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r, Self> {
        let sent = FormOf::<Uncounted<RecentAdmin<'r>>, T>::from_data(request, data).await;
        sent.map(|FormOf { who: Uncounted(RecentAdmin(admin)), source, form }| {
            let source = Source { actor: Actor::User(admin.acting().as_admin()), ..source };
            ActOf { admin, source, form }
        })
    }
}
