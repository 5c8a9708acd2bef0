//! What makes, changes and removes todos, with the audit row of what it did: whose todo and which, never what it
//! says.

use diesel::prelude::*;

use super::{Description, Due, Error, Event, Limits, Title, Todo, Viewer, find};
use crate::accounts::Accounts;
use crate::accounts::audit::{self, Source};
use crate::accounts::version::Expected;
use crate::accounts::work::Work;
use crate::db::{self, schema::todos};

/// A todo to be made.
#[derive(Debug, Clone)]
pub struct NewTodo {
    /// One line.
    pub title: Title,
    /// As many lines as it takes.
    pub description: Description,
    /// The day on which it is due.
    pub due: Due,
}

/// Makes a todo for a user.
///
/// # Errors
/// [`Error::NotFound`] when the user is gone, [`Error::TooMany`] when they have the maximum number of open todos.
pub async fn create(
    accounts: &Accounts,
    limits: Limits,
    source: &Source,
    user_id: &str,
    new: NewTodo,
) -> Result<Todo, Error> {
    let (user_id, most) = (user_id.to_owned(), limits.open_per_account);
    let create = move |work: &mut Work<'_>| {
        let open: i64 = todos::table
            .filter(todos::user_id.eq(&user_id))
            .filter(todos::done.eq(false))
            .count()
            .get_result(work.connection())?;
        if open >= i64::from(most) { Err(Error::TooMany(most)) } else { add(work, &user_id, &new) }
    };
    accounts.write(source, create).await
}

/// [`create`], inside a transaction.
pub(super) fn add(work: &mut Work<'_>, user_id: &str, new: &NewTodo) -> Result<Todo, Error> {
    let (id, now) = (db::new_id(), db::now());
    diesel::insert_into(todos::table)
        .values((
            todos::id.eq(&id),
            todos::user_id.eq(user_id),
            todos::title.eq(new.title.as_str()),
            todos::description.eq(new.description.as_str()),
            todos::done.eq(false),
            todos::due.eq(new.due.date()),
            todos::created_at.eq(now),
            todos::updated_at.eq(now),
        ))
        .execute(work.connection())?;
    audit::record(work, Event::Created, Some(user_id), Some(&id))?;
    find(work.connection(), &Viewer::Owner(user_id.to_owned()), &id)
}

/// What is to be different about a todo; what is none stays.
#[derive(Debug, Clone, Default)]
pub struct Edit {
    /// Another title.
    pub title: Option<Title>,
    /// Another description.
    pub description: Option<Description>,
    /// Another day.
    pub due: Option<Due>,
    /// What the todo has to be like before.
    pub expected: Expected,
}

impl From<NewTodo> for Edit {
    fn from(new: NewTodo) -> Edit {
        Edit { title: Some(new.title), description: Some(new.description), due: Some(new.due), ..Edit::default() }
    }
}

/// Changes what a todo says. Answers it as it is then.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Stale`].
pub async fn edit(accounts: &Accounts, source: &Source, id: String, edit: Edit) -> Result<Todo, Error> {
    accounts.write(source, move |work| change(work, &id, edit)).await
}

fn change(work: &mut Work<'_>, id: &str, edit: Edit) -> Result<Todo, Error> {
    let viewer = Viewer::acting(work);
    let before = find(work.connection(), &viewer, id)?;
    edit.expected.check_with(|| Some(before.version()))?;
    let mut after = before.clone();
    if let Some(title) = edit.title {
        after.title = title.as_str().to_owned();
    }
    if let Some(description) = edit.description {
        after.description = description.as_str().to_owned();
    }
    if let Some(due) = edit.due {
        after.due = due.date();
    }
    if after != before {
        diesel::update(todos::table)
            .filter(todos::id.eq(id))
            .set((
                todos::title.eq(&after.title),
                todos::description.eq(&after.description),
                todos::due.eq(after.due),
                todos::updated_at.eq(db::now()),
            ))
            .execute(work.connection())?;
        audit::record(work, Event::Changed, Some(&after.user_id), Some(id))?;
    }
    Ok(after)
}

/// Says whether a todo is done. Answers it as it is then.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::AdminsOnly`] for owners, about their own.
pub async fn set_done(accounts: &Accounts, source: &Source, id: String, done: bool) -> Result<Todo, Error> {
    accounts.write(source, move |work| mark(work, &Viewer::acting(work), &id, done)).await
}

/// [`set_done`], inside a transaction.
pub(super) fn mark(work: &mut Work<'_>, viewer: &Viewer, id: &str, done: bool) -> Result<Todo, Error> {
    let todo = find(work.connection(), viewer, id)?;
    if *viewer != Viewer::Admin {
        return Err(Error::AdminsOnly);
    }
    let changed = diesel::update(todos::table)
        .filter(todos::id.eq(id))
        .filter(todos::done.ne(done))
        .set((todos::done.eq(done), todos::updated_at.eq(db::now())))
        .execute(work.connection())?;
    if changed > 0 {
        let event = if done { Event::Done } else { Event::Undone };
        audit::record(work, event, Some(&todo.user_id), Some(id))?;
    }
    Ok(Todo { done, ..todo })
}

/// Removes a todo.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Stale`].
pub async fn delete(accounts: &Accounts, source: &Source, id: String, expected: Expected) -> Result<(), Error> {
    let remove = move |work: &mut Work<'_>| -> Result<(), Error> {
        let viewer = Viewer::acting(work);
        let todo = find(work.connection(), &viewer, &id)?;
        expected.check_with(|| Some(todo.version()))?;
        diesel::delete(todos::table).filter(todos::id.eq(&id)).execute(work.connection())?;
        Ok(audit::record(work, Event::Deleted, Some(&todo.user_id), Some(&id))?)
    };
    accounts.write(source, remove).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::recognised::Recognised;
    use crate::db::tests::{insert_user, temporary};

    #[test]
    fn owners_do_not_say_what_is_done_whatever_the_door() {
        let (_folder, db) = temporary();
        let story = |work: &mut Work<'_>| -> Result<(), Error> {
            let mut person = |id| insert_user(work.connection(), id);
            let [anna, ben] = ["anna", "ben"].map(&mut person);
            let title = Title::parse("Rest").unwrap();
            let new = NewTodo { title, description: Description::default(), due: Due::today() };
            let id = add(work, &anna, &new)?.id;
            let mut mark = |viewer: Viewer| mark(work, &viewer, &id, true);
            assert!(matches!(mark(Viewer::Owner(anna)), Err(Error::AdminsOnly)));
            assert!(matches!(mark(Viewer::Owner(ben)), Err(Error::NotFound)));
            assert!(mark(Viewer::Admin)?.done);
            assert!(matches!(add(work, "ghost", &new), Err(Error::NotFound)), "gone in between");
            Ok(())
        };
        Work::run(&db, &Recognised::new(), Source::operator(), story).unwrap();
    }
}
