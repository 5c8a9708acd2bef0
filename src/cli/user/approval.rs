//! `vestibule user approve` and `vestibule user reject`: approving or rejecting an account that waits.

use super::super::Context;
use super::super::error::Error;
use super::super::output::say;
use crate::accounts::audit::Source;
use crate::accounts::user::{Which, approval};

pub(super) async fn approve(name: String) -> Result<(), Error> {
    let context = Context::open()?;
    let account = approval::approve(&context.accounts, &Source::operator(), Which::Named(name)).await?;
    say(&format!("{} can log in now.", account.user.username));
    Ok(())
}

pub(super) async fn reject(name: String) -> Result<(), Error> {
    let context = Context::open()?;
    let user = approval::reject(&context.accounts, &Source::operator(), Which::Named(name)).await?;
    say(&format!("Removed {}, who was waiting for approval.", user.username));
    Ok(())
}
