//! Sample todos for trying Vestibule out, for the sample accounts.

use super::change::{add, mark};
use super::{Description, Due, Error, NewTodo, Title, Viewer};
use crate::accounts::Accounts;
use crate::accounts::audit::Source;
use crate::accounts::user;
use crate::accounts::work::Work;

/// Whose, title, description, days from today, whether it is done.
const SAMPLES: &[(&str, &str, &str, i64, bool)] = &[
    ("admin", "Give everyone a password of their own", "These accounts are for trying out only.", 7, false),
    ("python", "Shed the old skin", "", -3, false),
    ("python", "Read the Zen once more", "Beautiful is better than ugly.\nExplicit is better than implicit.", 0, false),
    ("python", "Order a bigger terrarium", "", -10, true),
    ("jumpiness", "Try decaf", "One cup a day, to begin with.", 1, false),
    ("roy", "Turn it off and on again", "", 0, true),
    ("roy", "Find out who unplugged the internet", "It is the small black box with the red light.", 14, false),
];

/// Makes the sample todos of the users of these names. Answers how many there were.
///
/// # Errors
/// When the database can't be written; then there is none of them.
pub async fn seed(accounts: &Accounts, source: &Source, usernames: Vec<&'static str>) -> Result<usize, Error> {
    accounts.write(source, move |work| add_samples(work, &usernames)).await
}

fn add_samples(work: &mut Work<'_>, usernames: &[&str]) -> Result<usize, Error> {
    let samples = SAMPLES.iter().filter(|(username, ..)| usernames.contains(username));
    let mut count = 0;
    for (username, title, description, days, done) in samples {
        let Some(owner) = user::find_by_login(work.connection(), username)? else { continue };
        let new = NewTodo {
            title: Title::parse(title).expect("the samples are titles"),
            description: Description::parse(description).expect("the samples are descriptions"),
            due: Due::today().plus(*days),
        };
        let todo = add(work, &owner.id, &new)?;
        if *done {
            mark(work, &Viewer::Admin, &todo.id, true)?;
        }
        count += 1;
    }
    Ok(count)
}
