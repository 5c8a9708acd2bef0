//! Revoking a token (RFC 7009): its session ends, and with it all that belongs to it, as by logging out.

use super::refresh::{Family, family};
use super::{Error, RefreshToken};
use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::accounts::recognise::Credential;
use crate::accounts::session;
use crate::accounts::work::Work;

/// Ends the session of what may be a refresh token, spent or not, or a valid access token. Nothing happens for any other
/// text, and nobody is told: whoever revokes a token wants it to be of no use, and it is (RFC 7009, 2.2).
///
/// # Errors
/// When the database does not answer.
pub async fn revoke(accounts: &Accounts, source: &Source, sent: String) -> Result<(), Error> {
    // Anyone can make up tokens; they must not take the write lock from others.
    let Some((owner, session_id)) = whose(accounts, sent).await? else { return Ok(()) };
    let end = move |work: &mut Work<'_>| -> Result<(), Error> {
        work.act_as(&owner);
        session::end_one_of(work, &owner, &session_id)?;
        Ok(())
    };
    accounts.write_for_anyone(source, end).await
}

/// The ids of the owner and the session of a token.
async fn whose(accounts: &Accounts, sent: String) -> Result<Option<(String, String)>, Error> {
    if let Some(token) = RefreshToken::parse(&sent) {
        let digest = token.digest();
        let found = accounts.read(move |connection| family(connection, &digest)).await?;
        return Ok(found.map(|Family { owner, session_id, .. }| (owner, session_id)));
    }
    let found = accounts.recognise(Credential::AccessToken(sent)).await?;
    Ok(found.ok().map(|identity| (identity.user.id.clone(), identity.session.id.clone())))
}
