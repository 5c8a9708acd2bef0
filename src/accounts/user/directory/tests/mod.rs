//! Each account comes once, whatever it is found by, and no look reads a whole table.

use diesel::prelude::*;

use super::*;
use crate::accounts::{audit::Source, recognised::Recognised, work::Work};
use crate::db::schema::{user_roles, users};
use crate::db::tests::{queries, temporary};

/// Username, address, display name, roles, and what it is just now.
type Person = (&'static str, Option<&'static str>, &'static str, &'static [&'static str], &'static str);

const PEOPLE: [Person; 6] = [
    ("anna", Some("anna@example.com"), "anna berg", &["staff"], "enabled"),
    ("annabel", Some("zz@example.com"), "bel", &[], "disabled"),
    ("ben", Some("anna.ben@example.com"), "annalise", &["admin", "staff"], "enabled"),
    ("cleo", None, "anna the second", &["staff"], "waiting"),
    ("dora", None, "anna the second", &[], "deleting"),
    ("emil", Some("e@example.com"), "emil", &[], "disabled"),
];

fn insert(connection: &mut DbConnection) {
    for (place, (username, email, name, roles, state)) in PEOPLE.into_iter().enumerate() {
        let (id, now) = (format!("id-{place}"), db::now());
        let when = |wanted: &str| (state == wanted).then_some(now);
        diesel::insert_into(users::table)
            .values((
                users::id.eq(&id),
                users::username.eq(username),
                users::display_name.eq(name),
                users::display_name_folded.eq(name),
                users::email.eq(email),
                users::email_canonical.eq(email),
                users::created_at.eq(now),
                users::disabled_at.eq(when("disabled")),
                users::deletes_at.eq(when("deleting")),
                users::waits_for.eq((state == "waiting").then_some("approval")),
            ))
            .execute(connection)
            .unwrap();
        for role in roles {
            let row = (user_roles::user_id.eq(&id), user_roles::role.eq(*role));
            diesel::insert_into(user_roles::table).values(row).execute(connection).unwrap();
        }
    }
}

/// All pages of so many, one after the other.
fn names(connection: &mut DbConnection, search: &Search) -> Vec<String> {
    let mut search = search.clone();
    let mut names = Vec::new();
    loop {
        let listed = list(connection, &search).unwrap();
        assert!(listed.users.len() <= search.limit);
        names.extend(listed.users.into_iter().map(|account| account.user.username));
        let Some(next) = listed.next else { return names };
        // As it comes back from the address of the next page.
        search.after = Some(Place::parse(&next.to_text()).expect("it was written by us"));
    }
}

fn search(start: &str, role: &str, state: &str, limit: usize) -> Search {
    Search {
        start: Some(start.to_owned()),
        role: (!role.is_empty()).then(|| RoleName::parse(role).unwrap()),
        state: State::parse(state),
        after: None,
        limit,
    }
}

#[test]
fn everyone_is_found_once_by_the_beginning_of_each_name_and_by_role_and_state() {
    let (_place, db) = temporary();
    let story = |work: &mut Work<'_>| -> db::Result<()> {
        let connection = work.connection();
        insert(connection);
        let all: &[&str] = &["anna", "annabel", "ben", "cleo", "dora", "emil"];
        for (start, role, state, expected) in [
            ("", "", "", all),
            ("ANNA", "", "", &["anna", "annabel", "ben", "cleo", "dora"]),
            ("anna b", "", "", &["anna"]),
            ("anna.", "", "", &["ben"]),
            ("zz", "", "", &["annabel"]),
            ("%", "", "", &[]),
            ("", "staff", "", &["anna", "ben", "cleo"]),
            ("", "admin", "", &["ben"]),
            ("", "nobody-has-this", "", &[]),
            ("", "", "enabled", &["anna", "ben"]),
            ("", "", "waiting", &["cleo"]),
            ("", "", "disabled", &["annabel", "emil"]),
            ("", "", "deleting", &["dora"]),
            ("anna", "staff", "", &["anna", "ben", "cleo"]),
            ("anna", "", "disabled", &["annabel"]),
            ("", "staff", "waiting", &["cleo"]),
            ("anna", "staff", "enabled", &["anna", "ben"]),
        ] {
            for limit in [1, 2, 50] {
                let found = names(connection, &search(start, role, state, limit));
                assert_eq!(found, expected, "{start:?} {role:?} {state:?}, {limit} at a time");
            }
        }
        Ok(())
    };
    Work::run(&db, &Recognised::new(), Source::operator(), story).unwrap();
}

#[test]
fn no_look_at_the_directory_reads_or_sorts_a_whole_table() {
    let (_place, db) = temporary();
    let story = |work: &mut Work<'_>| -> db::Result<()> {
        let connection = work.connection();
        insert(connection);
        for (start, role, state) in [
            ("", "", ""),
            ("a", "", ""),
            ("", "staff", ""),
            ("", "", "enabled"),
            ("", "", "waiting"),
            ("", "", "disabled"),
            ("", "", "deleting"),
        ] {
            let search = search(start, role, state, 1);
            let asked = queries(connection, |connection| drop(names(connection, &search)));
            for query in asked {
                assert_eq!(query.scans(connection), Vec::<String>::new(), "{start:?} {role:?} {state:?}: {query:?}");
                // The roles of those who were found are sorted by name, which are few.
                if !format!("{query:?}").contains("ORDER BY `user_roles`.`role`") {
                    assert_eq!(
                        query.sorts(connection),
                        Vec::<String>::new(),
                        "{start:?} {role:?} {state:?}: {query:?}"
                    );
                }
            }
        }
        Ok(())
    };
    Work::run(&db, &Recognised::new(), Source::operator(), story).unwrap();
}

#[test]
fn a_place_that_is_none_or_of_another_list_is_the_beginning() {
    for text in ["", "x", "u", "u:1", "q:1:2", "u:1:\0", "uu:1:2"] {
        assert_eq!(Place::parse(text), None, "{text:?}");
    }
    let (_place, db) = temporary();
    let story = |work: &mut Work<'_>| -> db::Result<()> {
        let connection = work.connection();
        insert(connection);
        let after = |text: &str, search: Search| Search { after: Place::parse(text), ..search };
        for other in ["r:x:x", "n:x:x", "e:x:x"] {
            assert_eq!(names(connection, &after(other, search("", "", "", 50))).len(), 6, "{other}");
        }
        assert_eq!(names(connection, &after("u:x:zoe", search("", "staff", "", 50))).len(), 3);
        assert_eq!(names(connection, &after("u:id-4:dora", search("", "", "", 50))), ["emil"]);
        Ok(())
    };
    Work::run(&db, &Recognised::new(), Source::operator(), story).unwrap();
}
