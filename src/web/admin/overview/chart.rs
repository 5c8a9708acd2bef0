//! Bars of the last days, in the numbers that an SVG needs: there is no script to draw them, and no style but classes.

use serde_json::{Value, json};

use crate::accounts::audit::days::Day;
use crate::texts::{self, Message};

/// The size of the picture, in its own units. What is written is beside it, as text of the page.
const HEIGHT: i64 = 100;
const STEP: i64 = 20;
const BAR: i64 = 14;

/// A picture for each of the two numbers of a day. Each has its own scale: an attack would leave nothing of the logins.
pub(super) fn of(days: &[Day]) -> Vec<Value> {
    vec![
        picture("logins", "admin-overview-logins", "admin-overview-no-logins", days, |day| day.logins),
        picture("failures", "admin-overview-failures", "admin-overview-no-failures", days, |day| day.failures),
    ]
}

fn picture(
    kind: &str,
    title: &'static str,
    nothing: &'static str,
    days: &[Day],
    number: impl Fn(&Day) -> i64,
) -> Value {
    let most = days.iter().max_by_key(|day| (number(day), day.day)).filter(|day| number(day) > 0);
    let top = most.map_or(1, &number);
    let bars = (0..).step_by(STEP as usize).zip(days).filter(|(_, day)| number(day) > 0);
    let bars = bars.map(|(x, day): (i64, &Day)| {
        // Few are seen, too.
        let height = (number(day).saturating_mul(HEIGHT) / top).max(2);
        json!({
            "x": x + (STEP - BAR) / 2,
            "y": HEIGHT - height,
            "height": height,
            "day": texts::day(day.day),
            "number": number(day),
        })
    });
    let total: i64 = days.iter().map(&number).sum();
    json!({
        "kind": kind,
        "title": Message::new(title),
        "total": total,
        "most": most.map(|day| json!({ "number": number(day), "day": texts::day(day.day) })),
        "nothing": Message::new(nothing),
        "today": days.last().map(&number),
        "first_day": days.first().map(|day| texts::day(day.day)),
        "bars": bars.collect::<Vec<_>>(),
        "width": STEP * days.len() as i64,
        "height": HEIGHT,
        "bar": BAR,
    })
}

/// The same as a table, the latest day first.
pub(super) fn table(days: &[Day]) -> Vec<Value> {
    let row = |day: &Day| {
        json!({
            "day": texts::day(day.day),
            "iso": day.day.to_string(),
            "logins": texts::number(day.logins),
            "failures": texts::number(day.failures),
        })
    };
    days.iter().rev().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(numbers: &[(i64, i64)]) -> Vec<Day> {
        let first = chrono::NaiveDate::from_ymd_opt(2030, 1, 1).unwrap();
        let day = |(day, (logins, failures)): (chrono::NaiveDate, &(i64, i64))| Day {
            day,
            logins: *logins,
            failures: *failures,
        };
        first.iter_days().zip(numbers).map(day).collect()
    }

    #[test]
    fn bars_are_as_high_as_their_numbers_and_the_few_are_seen() {
        let charts = of(&days(&[(10, 0), (0, 0), (5, 2_000_000), (1, 1)]));
        let [logins, failures] = [&charts[0], &charts[1]];
        let heights = |chart: &Value| -> Vec<i64> {
            chart["bars"].as_array().unwrap().iter().map(|bar| bar["height"].as_i64().unwrap()).collect()
        };
        assert_eq!((heights(logins), heights(failures)), (vec![100, 50, 10], vec![100, 2]));
        assert_eq!((&logins["total"], &failures["total"]), (&json!(16), &json!(2_000_001)));
        assert_eq!(logins["bars"][1]["x"], 2 * STEP + (STEP - BAR) / 2);
        assert_eq!(failures["most"]["day"], failures["bars"][0]["day"]);
        for bar in charts.iter().flat_map(|chart| chart["bars"].as_array().unwrap()) {
            assert_eq!(bar["y"].as_i64().unwrap() + bar["height"].as_i64().unwrap(), HEIGHT);
        }
    }

    #[test]
    fn without_a_login_there_is_nothing_to_draw() {
        let charts = of(&days(&[(0, 0), (0, 0)]));
        assert_eq!((&charts[0]["bars"], &charts[0]["most"]), (&json!([]), &Value::Null));
    }
}
