//! What is counted per day, when, and by which plans.

use chrono::NaiveDateTime;

use super::*;
use crate::db::tests::{on, queries, temporary};

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2030, 3, number).unwrap()
}

fn logged_in(connection: &mut DbConnection, at: NaiveDateTime) {
    diesel::insert_into(audit_events::table)
        .values((
            audit_events::id.eq(db::new_id()),
            audit_events::at.eq(at),
            audit_events::event.eq("login.succeeded"),
            audit_events::request_id.eq("-"),
        ))
        .execute(connection)
        .unwrap();
}

fn refused(connection: &mut DbConnection, day: NaiveDate, event: &str, about_account: bool, counts: (i64, i64)) {
    diesel::insert_into(refusal_counts::table)
        .values((
            refusal_counts::day.eq(day),
            refusal_counts::event.eq(event),
            refusal_counts::about_account.eq(about_account),
            refusal_counts::recorded.eq(counts.0),
            refusal_counts::unrecorded.eq(counts.1),
        ))
        .execute(connection)
        .unwrap();
}

#[test]
fn thirty_days_are_counted_with_what_has_no_row_and_without_reading_the_audit() {
    let (_place, db) = temporary();
    on(&db, |connection| {
        let today = day(30);
        for (of, hour) in [(30, 0), (30, 23), (29, 12), (1, 1)] {
            logged_in(connection, day(of).and_hms_opt(hour, 0, 0).unwrap());
        }
        logged_in(connection, day(1).pred_opt().unwrap().and_hms_opt(23, 59, 59).unwrap());
        refused(connection, today, "login.failed", true, (2, 40));
        refused(connection, today, "login.throttled", false, (1, 0));
        refused(connection, today, "access.denied", true, (500, 500));
        let mut days = Vec::new();
        let asked = queries(connection, |connection| days = read(connection, today).unwrap());
        assert_eq!((days.len() as u64, days[0].day, days[29].day), (DAYS, day(1), today));
        let logins: Vec<i64> = days.iter().map(|day| day.logins).collect();
        assert_eq!((logins[0], logins[28], logins[29], logins.iter().sum::<i64>()), (1, 1, 2, 4));
        assert_eq!((days[29].failures, days[28].failures), (43, 0));
        for query in &asked {
            assert_eq!(query.scans(connection), [""; 0]);
        }

        // A day that was counted isn't counted again, and what is left to count is today alone.
        for number in 1..30 {
            let values = (login_counts::day.eq(day(number)), login_counts::logins.eq(i64::from(number)));
            diesel::insert_into(login_counts::table).values(values).execute(connection).unwrap();
        }
        let asked = queries(connection, |connection| days = read(connection, today).unwrap());
        assert_eq!((asked.len(), days[28].logins, days[29].logins), (3, 29, 2), "{asked:?}");
    });
}

#[test]
fn only_days_that_are_over_and_whole_are_counted_for_good() {
    let (_place, db) = temporary();
    on(&db, |connection| {
        logged_in(connection, day(29).and_hms_opt(5, 0, 0).unwrap());
        let counted = uncounted(connection, day(20), day(30)).unwrap();
        let days: Vec<NaiveDate> = counted.iter().map(|(day, _)| *day).collect();
        assert_eq!(days, (21..30).map(day).collect::<Vec<_>>(), "of the 20th a part is gone; the 30th is not over");
        assert_eq!(counted.last(), Some(&(day(29), 1)));
        let values = (login_counts::day.eq(day(29)), login_counts::logins.eq(1));
        diesel::insert_into(login_counts::table).values(values).execute(connection).unwrap();
        assert_eq!(uncounted(connection, day(20), day(30)).unwrap().len(), 8);
    });
}
