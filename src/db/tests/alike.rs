//! What is the same on whichever engine: what works once, which column is taken, the order of texts.

use diesel::prelude::*;

use super::*;
use crate::db::claim::insert_once;
use crate::db::schema::{spent_captchas, users};

#[test]
fn of_twenty_who_insert_one_row_one_is_the_first_and_the_others_go_on() {
    let (_place, db) = temporary();
    let first: Vec<bool> = std::thread::scope(|scope| {
        let claims: Vec<_> = (0..20)
            .map(|number| {
                let db = &db;
                scope.spawn(move || {
                    db.write(deadline(), |connection| -> Result<bool> {
                        let row = (spent_captchas::nonce.eq("same"), spent_captchas::expires_at.eq(now()));
                        let insert = diesel::insert_into(spent_captchas::table).values(row);
                        let first = insert_once(connection, |connection| insert.execute(connection))?;
                        insert_user(connection, &format!("user-{number}"));
                        Ok(first)
                    })
                    .unwrap()
                })
            })
            .collect();
        claims.into_iter().map(|claim| claim.join().unwrap()).collect()
    });
    assert_eq!(first.iter().filter(|first| **first).count(), 1, "{first:?}");
    let users: i64 = db.read(|connection| -> Result<i64> { Ok(users::table.count().get_result(connection)?) }).unwrap();
    assert_eq!(users, 20, "whoever was late could do the rest of its work");
}

#[test]
fn a_value_that_is_taken_is_told_by_its_column() {
    let (_place, db) = temporary();
    let user = |id: &str, name: &str, address: &str| {
        let row = (
            users::id.eq(id.to_owned()),
            users::username.eq(name.to_owned()),
            users::display_name.eq("x"),
            users::email_canonical.eq(address.to_owned()),
            users::created_at.eq(now()),
        );
        let done = db.write(deadline(), |connection| -> std::result::Result<(), Failed> {
            diesel::insert_into(users::table).values(row).execute(connection)?;
            Ok(())
        });
        done.err().and_then(|failed| failed.0)
    };
    assert_eq!(user("1", "anna", "anna@example.com"), None);
    assert_eq!(user("2", "anna", "other@example.com").as_deref(), Some("username"));
    assert_eq!(user("3", "ben", "anna@example.com").as_deref(), Some("email_canonical"));
}

/// What is taken.
struct Failed(Option<String>);

impl From<diesel::result::Error> for Failed {
    fn from(error: diesel::result::Error) -> Failed {
        Failed(taken_column(&error))
    }
}

impl From<Error> for Failed {
    fn from(error: Error) -> Failed {
        panic!("{error}")
    }
}

#[test]
fn texts_are_in_the_order_of_their_bytes() {
    let (_place, db) = temporary();
    let names: Vec<String> = db
        .write(deadline(), |connection| -> Result<Vec<String>> {
            for name in ["ä", "b", "Z", "a-c", "ab", "A"] {
                insert_user(connection, name);
            }
            let users = users::table.filter(users::username.lt("ü"));
            Ok(users.order(users::username).select(users::username).load(connection)?)
        })
        .unwrap();
    assert_eq!(names, ["A", "Z", "a-c", "ab", "b", "ä"]);
}
