//! To whom letters about an account go.

use crate::accounts::names::EmailAddress;
use crate::accounts::user::User;
use crate::mail::Recipient;

/// The address of an account, if mail can be sent to it.
#[derive(Debug, Clone)]
pub(in crate::accounts) struct Addressee {
    /// As addresses are compared.
    pub canonical: String,
    /// As it is stored, which is where mail goes.
    pub recipient: Recipient,
}

impl Addressee {
    /// The owner of an account; none without an address, or with one that mail can't be sent to.
    pub fn of(user: &User) -> Option<Addressee> {
        let stored = user.email.as_deref()?;
        let address = EmailAddress::parse(stored).ok();
        let addressee = address.and_then(|address| {
            let recipient = Recipient::parse(&address.for_mail()).ok()?;
            Some(Addressee { canonical: address.canonical().to_owned(), recipient })
        });
        if addressee.is_none() {
            tracing::warn!(user = user.id, "no mail can be sent to the address of this account");
        }
        addressee
    }
}
