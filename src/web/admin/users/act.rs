//! An act about one account, as its page asks and its form does it: what they have in common.

use rocket::Either;

use super::view::path_of;
use crate::accounts::Accounts;
use crate::accounts::user::{self, User, Which};
use crate::texts::Message;
use crate::web::admin::done::Done;
use crate::web::admin::question::Question;
use crate::web::error::Error;
use crate::web::flash::Flash;
use crate::web::page::{Layout, Page};
use crate::web::see_other::SeeOther;

/// An act, with the keys of its texts.
pub struct Act {
    /// The last part of its address.
    pub name: &'static str,
    /// What is asked, such as "Disable this account?".
    pub title: &'static str,
    /// What it means.
    pub means: &'static str,
    /// What the button says.
    pub button: &'static str,
    /// Whether it takes something away.
    pub is_danger: bool,
}

/// What a form is answered with: a page, or the way to another one.
pub type Answer = Result<Either<Page, SeeOther>, Error>;

impl Act {
    /// The page that asks.
    ///
    /// # Errors
    /// 404 when there is no such account.
    pub async fn ask(&self, accounts: &Accounts, id: &str, layout: &Layout<'_>) -> Result<Page, Error> {
        Ok(self.question(&find(accounts, id).await?).page(layout))
    }

    /// The answer to its form, once it was done: on with a message; or why not, with the question.
    ///
    /// # Errors
    /// What is no answer to the question.
    pub async fn answer(
        &self,
        outcome: Result<Done, user::Error>,
        way_on: SeeOther,
        accounts: &Accounts,
        id: &str,
        layout: &Layout<'_>,
    ) -> Answer {
        match outcome {
            Ok(done) => Ok(Either::Right(way_on.saying(Flash::ByAdmin(done)))),
            Err(error) => Ok(Either::Left(self.refused(error, accounts, id, layout).await?)),
        }
    }

    /// The page that says why it can't be done.
    ///
    /// # Errors
    /// What is no answer to the question.
    pub async fn refused(
        &self,
        error: user::Error,
        accounts: &Accounts,
        id: &str,
        layout: &Layout<'_>,
    ) -> Result<Page, Error> {
        self.question(&find(accounts, id).await?).refused(layout, error)
    }

    fn question(&self, user: &User) -> Question {
        let back = path_of(&user.id);
        Question {
            title: Message::new(self.title),
            about: user.display_name.clone().into(),
            exactly: Some(user.username.clone().into()),
            means: Message::new(self.means),
            button: Message::new(self.button),
            is_danger: self.is_danger,
            at: format!("{back}/{}", self.name),
            back,
        }
    }
}

async fn find(accounts: &Accounts, id: &str) -> Result<User, Error> {
    Ok(user::show(accounts, Which::Id(id.to_owned())).await?.user)
}
