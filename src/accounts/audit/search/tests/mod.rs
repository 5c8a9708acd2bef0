//! What a page of the audit has, compared with all of it, and by which plans it is read.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, NaiveDateTime};
use diesel::connection::SimpleConnection;

use super::*;
use crate::db::tests::{insert_user, on, queries, temporary};

fn at(minute: i64) -> NaiveDateTime {
    DateTime::UNIX_EPOCH.naive_utc() + Duration::minutes(30_000_000 + minute)
}

/// A row, and an id of its time.
fn happened(connection: &mut DbConnection, minute: i64, event: &str, who: [Option<&str>; 2], address: &str) {
    let id = format!("{}-7000-8000-{minute:012}", db::first_id_of(at(minute)));
    diesel::insert_into(audit_events::table)
        .values((
            audit_events::id.eq(id),
            audit_events::at.eq(at(minute)),
            audit_events::event.eq(event),
            audit_events::actor.eq(who[0]),
            audit_events::target.eq(who[1]),
            audit_events::address.eq(address),
            audit_events::request_id.eq(minute.to_string()),
        ))
        .execute(connection)
        .unwrap();
}

/// Some hundred rows of a few people, events and addresses, in all combinations.
fn eventful(connection: &mut DbConnection) {
    for name in ["anna", "ben"] {
        insert_user(connection, name);
    }
    let people = [Some("anna"), Some("ben"), None, Some("operator")];
    let events = ["login.succeeded", "login.failed", "logout", "login", "loginx.other", "user.created"];
    for minute in 0..288 {
        let place = minute as usize;
        let who = [people[place % 4], people[place / 4 % 3]];
        let address = format!("192.0.2.{}", minute / 12 % 4);
        happened(connection, minute, events[place / 3 % 6], who, &address);
    }
}

/// The minutes of all pages together.
fn all(connection: &mut DbConnection, filter: &Filter, order: Order, limit: u32) -> Vec<i64> {
    let mut search = Search { filter: filter.clone(), order, after: None, limit };
    let mut minutes = Vec::new();
    loop {
        let found = read(connection, &search).unwrap();
        assert!(found.rows.len() <= limit as usize);
        minutes.extend(found.rows.iter().map(|row| row.request_id.parse::<i64>().unwrap()));
        assert!(found.next.is_none() || found.next != search.after, "it goes on");
        search.after = found.next;
        if search.after.is_none() {
            return minutes;
        }
    }
}

/// The same, by looking at each row.
fn by_looking(connection: &mut DbConnection, filter: &Filter) -> Vec<i64> {
    let rows: Vec<Row> = all(connection, &Filter::default(), Order::EarliestFirst, 1_000)
        .into_iter()
        .map(|minute| {
            let id = format!("{}-7000-8000-{minute:012}", db::first_id_of(at(minute)));
            row::load(connection, row::Which::These(vec![id], Order::EarliestFirst)).unwrap().remove(0)
        })
        .collect();
    let is_meant = |row: &&Row| {
        let of_event = filter.event.as_ref().is_none_or(|event| {
            row.event == *event || row.event.strip_prefix(event.as_str()).is_some_and(|rest| rest.starts_with('.'))
        });
        let of_person = filter.whose.as_ref().is_none_or(|whose| {
            let (Which::Id(name) | Which::Named(name)) = whose;
            row.actor.as_ref() == Some(name) || row.target.as_ref() == Some(name)
        });
        let of_address = filter.address.is_none_or(|address| row.address == Some(address.to_string()));
        let in_time = filter.from.is_none_or(|from| row.at >= from) && filter.until.is_none_or(|until| row.at < until);
        of_event && of_person && of_address && in_time
    };
    rows.iter().filter(is_meant).map(|row| row.request_id.parse().unwrap()).collect()
}

#[test]
fn every_combination_of_filters_finds_what_looking_at_each_row_finds() {
    let (_place, db) = temporary();
    on(&db, |connection| {
        eventful(connection);
        let named = |name: &str| Some(Which::Named(name.to_owned()));
        let mut seen = BTreeSet::new();
        for event in [None, Some("login"), Some("login.failed"), Some("log%"), Some("user")] {
            for whose in [None, named("anna"), named("operator")] {
                for address in [None, Some("192.0.2.1".parse().unwrap())] {
                    for (from, until) in [(None, None), (Some(at(50)), Some(at(200)))] {
                        let event = event.map(str::to_owned);
                        let filter = Filter { event, whose: whose.clone(), address, from, until };
                        let wanted = by_looking(connection, &filter);
                        assert_eq!(all(connection, &filter, Order::EarliestFirst, 7), wanted, "{filter:?}");
                        let mut latest_first = all(connection, &filter, Order::LatestFirst, 7);
                        latest_first.reverse();
                        assert_eq!(latest_first, wanted, "{filter:?}");
                        seen.insert(wanted.len());
                    }
                }
            }
        }
        assert!(seen.len() > 10 && seen.contains(&0), "{seen:?}");
    });
}

#[test]
fn someone_unknown_is_told_apart_from_someone_without_events() {
    let (_place, db) = temporary();
    on(&db, |connection| {
        eventful(connection);
        insert_user(connection, "carl");
        let mut find = |name: &str| {
            let filter = Filter { whose: Some(Which::Named(name.to_owned())), ..Filter::default() };
            read(connection, &Search { filter, order: Order::LatestFirst, after: None, limit: 5 })
        };
        assert_eq!(find("carl").unwrap().rows.len(), 0);
        assert!(matches!(find("nobody"), Err(user::Error::NotFound(_))));
    });
}

#[test]
fn no_page_reads_through_the_whole_audit() {
    let (_place, db) = temporary();
    on(&db, |connection| {
        eventful(connection);
        let anna = Some(Which::Id("anna".to_owned()));
        let address = Some("192.0.2.1".parse().unwrap());
        let event = Some("login".to_owned());
        let (from, until) = (Some(at(50)), Some(at(200)));
        for filter in [
            Filter::default(),
            Filter { from, until, ..Filter::default() },
            Filter { event: event.clone(), ..Filter::default() },
            Filter { whose: anna.clone(), ..Filter::default() },
            Filter { address, ..Filter::default() },
            Filter { event: event.clone(), whose: anna, address, from, until },
            Filter { event, address, from, until, whose: None },
        ] {
            for order in [Order::LatestFirst, Order::EarliestFirst] {
                let after = Some(db::first_id_of(at(100)));
                let search = Search { filter: filter.clone(), order, after, limit: 5 };
                let asked = queries(connection, |connection| drop(read(connection, &search).unwrap()));
                assert!(asked.len() <= 12, "{}: {asked:?}", asked.len());
                for query in asked {
                    assert_eq!(query.scans(connection), [""; 0], "{filter:?}");
                    assert_eq!(query.sorts(connection), [""; 0], "{filter:?}");
                }
            }
        }
    });
}

#[test]
fn what_a_person_did_is_found_by_the_person_whatever_else_is_asked_for() {
    let (_place, db) = temporary();
    on(&db, |connection| {
        eventful(connection);
        let whose = Some(Which::Id("anna".to_owned()));
        let (event, address) = (Some("user.created".to_owned()), Some("192.0.2.1".parse().unwrap()));
        for filter in [
            Filter { event: event.clone(), whose: whose.clone(), ..Filter::default() },
            Filter { address, whose: whose.clone(), ..Filter::default() },
            Filter { event, address, whose, ..Filter::default() },
        ] {
            for order in [Order::LatestFirst, Order::EarliestFirst] {
                let (streams, only) = streams(connection, &filter).unwrap();
                let search = Search { filter: filter.clone(), order, after: None, limit: 5 };
                for (along, index) in streams.iter().zip(["actor", "target"]) {
                    let asked = queries(connection, |connection| {
                        stream::ids(connection, along, &part(&search), &only, order, 5).unwrap();
                    });
                    let wanted = format!("USING INDEX audit_events_by_{index}_and_id ");
                    for step in asked.iter().flat_map(|query| query.searches(connection)) {
                        assert!(step.replace("COVERING ", "").contains(&wanted), "{filter:?}: {step}");
                    }
                }
            }
        }
    });
}

#[test]
fn what_is_rare_among_many_is_looked_for_a_part_at_a_time() {
    let (_place, db) = temporary();
    on(&db, |connection| {
        let user = insert_user(connection, "anna");
        let many = LOOKS_AT * 2 + 100;
        connection
            .batch_execute(&format!(
                "INSERT INTO audit_events (id, at, event, actor, request_id) \
                 WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {many}) \
                 SELECT '018' || (10000000 + i), '2026-01-01 00:00:00', \
                 CASE WHEN i IN (3, {LOOKS_AT}, {many}) THEN 'key.rotated' ELSE 'todo.created' END, 'anna', '' || i FROM n"
            ))
            .unwrap();
        let filter =
            Filter { event: Some("key.rotated".to_owned()), whose: Some(Which::Id(user)), ..Filter::default() };
        for order in [Order::EarliestFirst, Order::LatestFirst] {
            let mut search = Search { filter: filter.clone(), order, after: None, limit: 10 };
            let (mut pages, mut found) = (0, Vec::new());
            loop {
                let page = read(connection, &search).unwrap();
                (pages, search.after) = (pages + 1, page.next);
                found.extend(page.rows.into_iter().map(|row| row.request_id));
                if search.after.is_none() {
                    break;
                }
            }
            let mut wanted = ["3".to_owned(), LOOKS_AT.to_string(), many.to_string()];
            if order == Order::LatestFirst {
                wanted.reverse();
            }
            assert_eq!((pages, found), (3, wanted.to_vec()), "{order:?}");
        }
    });
}
