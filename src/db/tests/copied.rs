//! Everything is moved from one database into another, and back, as it was.

use diesel::prelude::*;

use super::*;
use crate::db::copy::{CopyError, Progress, copy};
use crate::db::schema::{signing_keys, todos, user_data, users};

type Todo = (String, String, bool, chrono::NaiveDate, chrono::NaiveDateTime);

fn fill(db: &Db, at: chrono::NaiveDateTime) {
    db.write(deadline(), |connection| -> Result<()> {
        for number in 0..2_500 {
            insert_user(connection, &format!("user-{number}"));
        }
        diesel::insert_into(todos::table)
            .values((
                todos::id.eq("t"),
                todos::user_id.eq("user-7"),
                todos::title.eq("Ünïcode, \"quotes\", \\ and 'more'"),
                todos::description.eq("line\nline\ttab"),
                todos::done.eq(true),
                todos::due.eq(chrono::NaiveDate::from_ymd_opt(2028, 2, 29).unwrap()),
                todos::created_at.eq(at),
                todos::updated_at.eq(at),
            ))
            .execute(connection)?;
        let data =
            (user_data::user_id.eq("user-8"), user_data::data.eq("{\"a\":\"\\u0000\"}"), user_data::updated_at.eq(at));
        diesel::insert_into(user_data::table).values(data).execute(connection)?;
        Ok(())
    })
    .unwrap();
}

fn todo(db: &Db, at: chrono::NaiveDateTime) -> Option<Todo> {
    db.read(|connection| -> Result<Option<Todo>> {
        // By the moment too: SQLite compares it as a text.
        let found = todos::table.filter(todos::created_at.eq(at));
        let told = (todos::title, todos::description, todos::done, todos::due, todos::updated_at);
        Ok(found.select(told).get_result(connection).optional()?)
    })
    .unwrap()
}

#[test]
fn everything_is_moved_and_back_as_it_was() {
    let places = [Place::on_sqlite(), Place::new(), Place::on_sqlite()];
    let databases = places.each_ref().map(|place| {
        let db = Db::open(&place.url()).unwrap();
        db.migrate().unwrap();
        db
    });
    let at = now().date().and_hms_micro_opt(6, 0, 0, 120_000).unwrap();
    fill(&databases[0], at);
    let before = todo(&databases[0], at);
    assert!(before.is_some());
    for pair in databases.windows(2) {
        let mut told = Vec::new();
        let copied = copy(&pair[0], &pair[1], |progress| told.push(progress)).unwrap();
        let rows = |table: &str| copied.iter().find(|copied| copied.table == table).unwrap().rows;
        assert_eq!([rows("users"), rows("todos"), rows("user_data"), rows("sessions")], [2_500, 1, 1, 0]);
        assert_eq!(told.last(), Some(&Progress { done: 2_502, of: 2_502 }));
        assert!(told.len() > 3, "in batches: {told:?}");
        assert_eq!(todo(&pair[1], at), before);
        let again = copy(&pair[0], &pair[1], |_| {});
        assert!(matches!(&again, Err(CopyError::NotEmpty(tables)) if tables.contains("users")), "{again:?}");
    }
}

#[test]
fn what_can_not_be_copied_whole_is_not_copied_at_all() {
    let (source, target) = (Place::on_sqlite(), Place::new());
    let [from, to] = [&source, &target].map(|place| Db::open(&place.url()).unwrap());
    from.migrate().unwrap();
    to.migrate().unwrap();
    fill(&from, now());
    from.on_one_connection(|connection| -> Result<()> {
        use diesel::connection::SimpleConnection;
        Ok(connection.batch_execute("UPDATE todos SET created_at = 'yesterday'")?)
    })
    .unwrap();
    let failed = copy(&from, &to, |_| {}).unwrap_err().to_string();
    assert!(failed.contains("todos") && failed.contains("created_at"), "{failed}");
    let left: i64 = to.read(|connection| -> Result<i64> { Ok(users::table.count().get_result(connection)?) }).unwrap();
    let keys: i64 =
        to.read(|connection| -> Result<i64> { Ok(signing_keys::table.count().get_result(connection)?) }).unwrap();
    assert_eq!((left, keys), (0, 0));
}
