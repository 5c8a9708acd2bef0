//! What is counted per day, when, and by which plans.

use super::*;
use crate::db::tests::{on, queries, temporary};

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2030, 3, number).unwrap()
}

fn noon(number: u32) -> NaiveDateTime {
    day(number).and_hms_opt(12, 0, 0).unwrap()
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
        let asked = queries(connection, |connection| days = read(connection, noon(30)).unwrap());
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
        let asked = queries(connection, |connection| days = read(connection, noon(30)).unwrap());
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

#[test]
fn what_a_clock_that_was_ahead_has_counted_is_not_believed_and_goes() {
    let (_place, db) = temporary();
    on(&db, |connection| {
        for of in [9, 10] {
            logged_in(connection, noon(of));
        }
        for number in [8, 9, 10, 11] {
            let values = (login_counts::day.eq(day(number)), login_counts::logins.eq(70));
            diesel::insert_into(login_counts::table).values(values).execute(connection).unwrap();
        }
        let mut last_three = |now| {
            let days = read(connection, now).unwrap();
            days[27..].iter().map(|day| day.logins).collect::<Vec<_>>()
        };
        assert_eq!(last_three(noon(10)), [70, 70, 1]);
        assert_eq!(last_three(day(10).and_hms_opt(0, 59, 59).unwrap()), [70, 1, 1], "the 9th may get more");
        assert_eq!(forget(connection, day(1), over(noon(10))).unwrap(), 2);
        let left: Vec<NaiveDate> =
            login_counts::table.select(login_counts::day).order(login_counts::day).load(connection).unwrap();
        assert_eq!(left, [day(8), day(9)]);
    });
}
