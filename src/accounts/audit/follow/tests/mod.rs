//! How far back a look goes.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::*;
use crate::config::SecretKey;
use crate::config::tests::with_a_key;
use crate::db::tests::{on, temporary};
use crate::db::{Db, schema::audit_events};

/// Lets this happen, and answers its id.
fn happened(db: &Db, at: NaiveDateTime, event: &str) -> String {
    let id = format!("{}-7000-8000-000000000000", db::first_id_of(at));
    on(db, |connection| {
        let values = (
            audit_events::id.eq(&id),
            audit_events::at.eq(at),
            audit_events::event.eq(event),
            audit_events::request_id.eq("-"),
        );
        diesel::insert_into(audit_events::table).values(values).execute(connection).unwrap();
    });
    id
}

#[tokio::test]
async fn a_look_begins_near_the_end_of_the_audit_although_nothing_of_it_is_followed() {
    let (_place, db) = temporary();
    let config = with_a_key();
    let accounts = Accounts::new(&config, db.clone(), SecretKey::load(&config).unwrap().unwrap());
    let filter = Filter { event: Some("key.rotated".to_owned()), ..Filter::default() };
    let search = Search { filter, order: Order::EarliestFirst, after: None, limit: 10 };
    let now = db::now();
    let first = happened(&db, now - Duration::hours(2), "todo.created");
    let (mut following, rows) = Following::begin(&accounts, search, 10).await.unwrap();
    assert_eq!((rows.len(), &following.from), (0, &late(&first)));
    let second = happened(&db, now - Duration::hours(1), "todo.created");
    assert_eq!(following.next(&accounts).await.unwrap().len(), 0);
    assert_eq!(following.from, late(&second));

    // What came since the last look is found, however long ago that was.
    let third = happened(&db, now - Duration::minutes(30), "key.rotated");
    let last = happened(&db, now - Duration::minutes(10), "todo.created");
    let found: Vec<String> = following.next(&accounts).await.unwrap().into_iter().map(|row| row.id).collect();
    assert_eq!((found, following.from), (vec![third], late(&last)));
}
