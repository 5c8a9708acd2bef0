//! A short overview of someone's todos.

use diesel::prelude::*;

use super::{Due, Todo};
use crate::db::{self, DbConnection, direct, schema::todos, schema::users};

/// A short overview of someone's todos.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// How many todos of theirs are not done.
    pub open: i64,
    /// How many of these are overdue.
    pub overdue: i64,
    /// The one of these that is due first.
    pub next: Option<Todo>,
}

/// Reads it for a user, in one query: the todo that is due first, with the numbers beside it.
///
/// A subquery finds that todo: SQLite plans a statement with `LIMIT` again each time, because the number is a bound
/// value. The open ones are counted as those with the same owner and the same `done`.
pub(crate) fn overview(connection: &mut DbConnection, user_id: &str, today: Due) -> db::Result<Overview> {
    let counted = diesel::alias!(todos as counted);
    let first = counted
        .filter(counted.field(todos::user_id).eq(user_id))
        .filter(counted.field(todos::done).eq(false))
        .order((counted.field(todos::due), counted.field(todos::id)))
        .select(counted.field(todos::id))
        .single_value()
        .assume_not_null();
    let open = counted
        .filter(counted.field(todos::user_id).eq(todos::user_id))
        .filter(counted.field(todos::done).eq(todos::done));
    let overdue = open.filter(counted.field(todos::due).lt(today.date()));
    let query = todos::table.inner_join(users::table).filter(todos::id.eq(first)).select((
        direct::columns::<Todo>(),
        open.count().single_value(),
        overdue.count().single_value(),
    ));
    let next: Option<(Todo, Option<i64>, Option<i64>)> = direct::get_result(connection, query).optional()?;
    Ok(match next {
        // Without a todo there is nothing to count.
        None => Overview { open: 0, overdue: 0, next: None },
        Some((next, open, overdue)) => {
            Overview { open: open.unwrap_or_default(), overdue: overdue.unwrap_or_default(), next: Some(next) }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::{audit::Source, recognised::Recognised, work::Work};
    use crate::db::tests::{insert_user, queries, temporary};
    use crate::todos::change::{add, mark};
    use crate::todos::{Description, Error, NewTodo, Title, Viewer};

    #[test]
    fn one_query_that_needs_no_scan_tells_the_numbers_and_what_is_due_first() {
        let (_folder, db) = temporary();
        let story = |work: &mut Work<'_>| -> Result<(), Error> {
            let [anna, ben] = ["anna", "ben"].map(|id| insert_user(work.connection(), id));
            let today = Due::today();
            let nothing = Overview { open: 0, overdue: 0, next: None };
            assert_eq!(overview(work.connection(), &anna, today)?, nothing);

            let mut todo = |owner: &str, title: &str, days: i64, done: bool| -> Result<(), Error> {
                let title = Title::parse(title).unwrap();
                let new = NewTodo { title, description: Description::default(), due: today.plus(days) };
                let id = add(work, owner, &new)?.id;
                if done { mark(work, &Viewer::Admin, &id, true).map(drop) } else { Ok(()) }
            };
            todo(&anna, "done long ago", -9, true)?;
            todo(&anna, "later", 5, false)?;
            todo(&anna, "late", -1, false)?;
            todo(&anna, "latest", -3, false)?;
            todo(&anna, "now", 0, false)?;
            todo(&ben, "his own", -5, false)?;
            let mut seen = None;
            let queries = queries(work.connection(), |connection| {
                seen = Some(overview(connection, &anna, today).unwrap());
            });
            let seen = seen.unwrap();
            assert_eq!((seen.open, seen.overdue), (4, 2));
            assert_eq!(seen.next.map(|todo| (todo.title, todo.username)), Some(("latest".into(), anna)));
            assert_eq!(queries.len(), 1, "{queries:?}");
            assert_eq!(queries[0].scans(work.connection()), Vec::<String>::new());
            Ok(())
        };
        Work::run(&db, &Recognised::new(), Source::operator(), story).unwrap();
    }
}
