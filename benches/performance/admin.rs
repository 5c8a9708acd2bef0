//! The pages of admins, and what the same is for programs, with many accounts and a long audit.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::client::{self, ANYWHERE, Connection};
use crate::fill;
use crate::plan::Plan;
use crate::process::{highest, memory};
use crate::report::{Figure, Group, Target, Unit};
use crate::seal::{Seal, new_secret};
use crate::statistics::{median, milliseconds, percentile};
use crate::support::{Server, wait_for};
use crate::year;

const HOW: &str = "\
    A database with as many sessions as accounts, 10,000 invitations, 10,000 letters that wait, and an audit of \
    300 days, a tenth of which one admin has caused; no backup is made in that time. Each page is asked for 50 \
    times, one after the other, on one connection, after once that does not count: the figure is the 99th \
    percentile, so the slowest answer. Deep means near the end of the list. The export is one of the whole audit \
    as CSV, read as fast as it comes; memory is what the process occupies (RSS) before its start, at most during \
    it, and two seconds after its end; each of the four connections that read keeps up to 2 MB of the database.";

/// How often each is asked for.
const TIMES: usize = 50;

/// Within how many milliseconds it is answered.
const SOON: f64 = 50.0;

/// What is asked for, and its address.
type Asked = (&'static str, String);

pub fn measure(plan: &Plan) -> Group {
    // A backup of all this, a minute after the start, would weigh more than what is measured.
    let prepared = Server::prepare().without("ROCKET_WORKERS").with("VESTIBULE_BACKUP_HOURS", "0");
    let mut server = prepared.with("VESTIBULE_MAIL_TRANSPORT", "log").and_seed();
    let began = Instant::now();
    year::fill(&server, plan.large, plan.events);
    eprintln!("Filled in {} s.", began.elapsed().as_secs());
    let cookie = Seal::of(&server).browser(&fill::session_of(&server, "admin"), &new_secret());
    server.start(&["serve"]);
    // The sweep at the start counts the logins of the days that are over.
    wait_for("the days to be counted", || {
        (server.sql("SELECT count(*) >= 29 FROM login_counts") == ["1"]).then_some(())
    });
    let page =
        |path: &str| client::get(server.port, path, &["Accept: text/html".to_owned(), format!("Cookie: {cookie}")]);
    let token = server.cli(&["token", "issue", "admin"]).stdout.trim().to_owned();
    let call = |path: &str| client::get(server.port, path, &[format!("Authorization: Bearer {token}")]);
    let asked = pages(&server).into_iter().map(|(what, path)| (what, page(&path)));
    let asked = asked.chain(calls(&server).into_iter().map(|(what, path)| (what, call(&path))));
    let (mut figures, mut medians) = (Vec::new(), Vec::new());
    for (what, request) in asked {
        let times = times(server.port, &request);
        figures.push(Figure::new(what, Unit::Milliseconds, percentile(&times, 99.0), Target::Below(SOON)));
        medians.extend(median(&times));
    }
    figures.push(Figure::new("The medians of all these", Unit::Milliseconds, medians, Target::Below(SOON)));
    figures.extend(export(&server, &page("/admin/audit.csv"), plan.events));
    figures.push(Figure::new("Accounts", Unit::Count, [plan.large as f64], None));
    figures.push(Figure::new("Events in the audit", Unit::Count, [plan.events as f64], None));
    Group { title: "Pages of admins, with many accounts and a long audit", how: HOW, figures }
}

/// A text within an address.
fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn pages(server: &Server) -> Vec<Asked> {
    let one = |query: &str| server.sql(query).remove(0);
    let (person, name) = (one("SELECT id FROM users WHERE username = 'person77'"), "person77");
    let admin = one("SELECT id FROM users WHERE username = 'admin'");
    let old = one("SELECT id FROM audit_events ORDER BY id LIMIT 1 OFFSET 40");
    let last_session = one("SELECT id FROM sessions ORDER BY id LIMIT 1 OFFSET 40");
    let last_invitation = one("SELECT id FROM invitations ORDER BY id LIMIT 1 OFFSET 40");
    let last_role = one("SELECT user_id FROM user_roles WHERE role = 'staff' ORDER BY user_id DESC LIMIT 1 OFFSET 40");
    let place = |part: &str, id: &str, key: &str| encoded(&format!("{part}:{id}:{key}"));
    let (deep, deep_role) = (place("u", "", "person99998"), place("r", &last_role, &last_role));
    let day = one("SELECT substr(at, 1, 10) FROM audit_events ORDER BY id LIMIT 1 OFFSET 40");
    let address = one("SELECT address FROM audit_events WHERE event = 'logout' LIMIT 1");
    let users = "/admin/users";
    let audit = "/admin/audit";
    vec![
        ("Overview", "/admin".to_owned()),
        ("Users", users.to_owned()),
        ("Users, deep", format!("{users}?after={deep}")),
        ("Users of a role", format!("{users}?role=staff")),
        ("Users of a role, deep", format!("{users}?role=staff&after={deep_role}")),
        ("Users of a role that nobody has", format!("{users}?role=nobody")),
        ("Users who wait", format!("{users}?state=waiting")),
        ("Users who are disabled", format!("{users}?state=disabled")),
        ("Users to be deleted, with a role", format!("{users}?state=deleting&role=seldom")),
        ("Users whose name begins so", format!("{users}?start=person12345")),
        ("Users whose name begins so, many", format!("{users}?start=person")),
        ("Users whose name begins so, none", format!("{users}?start=zz")),
        ("Users whose name begins so, with a role", format!("{users}?start=person&role=seldom")),
        ("Users whose name begins so, disabled", format!("{users}?start=person5&state=disabled")),
        ("A user", format!("{users}/{person}")),
        ("A user with a tenth of the audit", format!("{users}/{admin}")),
        ("A user’s form", format!("{users}/{person}/edit")),
        ("The question before an act", format!("{users}/{person}/disable")),
        ("Sessions", "/admin/sessions".to_owned()),
        ("Sessions, deep", format!("/admin/sessions?after={last_session}")),
        ("Sessions of somebody", format!("/admin/sessions?whose={name}")),
        ("Invitations", "/admin/invitations".to_owned()),
        ("Invitations, deep", format!("/admin/invitations?after={last_invitation}")),
        ("Audit", audit.to_owned()),
        ("Audit, deep", format!("{audit}?after={old}")),
        ("Audit, an event", format!("{audit}?event=logout")),
        ("Audit, an event that is rare", format!("{audit}?event=user.disabled")),
        ("Audit, a group of events", format!("{audit}?event=login")),
        ("Audit, a person", format!("{audit}?user={name}")),
        ("Audit, a person and an event", format!("{audit}?user={name}&event=login.failed")),
        ("Audit, a busy person and a rare event", format!("{audit}?user=admin&event=user.disabled")),
        ("Audit, an address", format!("{audit}?address={address}")),
        ("Audit, a busy address and a rare event", format!("{audit}?address=192.0.2.1&event=user.disabled")),
        ("Audit, an address that is not there", format!("{audit}?address=203.0.113.9")),
        ("Audit, until its first day", format!("{audit}?until={day}")),
        ("Audit, an event on its first day", format!("{audit}?event=logout&from={day}&until={day}")),
        ("Audit, a busy person on its first day", format!("{audit}?user=admin&from={day}&until={day}")),
        ("Settings", "/admin/settings".to_owned()),
    ]
}

fn calls(server: &Server) -> Vec<Asked> {
    let after = server.sql("SELECT username FROM users ORDER BY username DESC LIMIT 1 OFFSET 40").remove(0);
    let users = "/api/v1/users";
    vec![
        ("Programs: the overview", "/api/v1/overview".to_owned()),
        ("Programs: the settings", "/api/v1/settings".to_owned()),
        ("Programs: users", users.to_owned()),
        ("Programs: users, deep", format!("{users}?after={after}")),
        ("Programs: users who wait", format!("{users}?state=waiting")),
        ("Programs: users who are disabled", format!("{users}?state=disabled")),
        ("Programs: users to be deleted", format!("{users}?state=deleting")),
        ("Programs: users who may log in", format!("{users}?state=enabled")),
        ("Programs: disabled users of a role", format!("{users}?state=disabled&role=seldom")),
        ("Programs: the audit", "/api/v1/audit?event=login&limit=100".to_owned()),
    ]
}

fn times(port: u16, request: &[u8]) -> Vec<f64> {
    client::runtime().block_on(async {
        let mut connection = Connection::open(ANYWHERE, port).await.expect("the server listens");
        let mut times = Vec::new();
        for time in 0..=TIMES {
            let began = Instant::now();
            let status = connection.ask(request).await.expect("an answer");
            assert_eq!(status, 200, "{}", String::from_utf8_lossy(&request[..60.min(request.len())]));
            if time > 0 {
                times.push(began.elapsed());
            }
        }
        milliseconds(times)
    })
}

/// How soon an export begins, how fast it is, and what it does to the memory.
fn export(server: &Server, request: &[u8], events: usize) -> Vec<Figure> {
    let before = memory(server.id());
    let stop = AtomicBool::new(false);
    let (peak, (first, lasted, lines)) = std::thread::scope(|scope| {
        let peak = scope.spawn(|| highest(&stop, || memory(server.id())));
        let read = client::runtime().block_on(read_whole(server.port, request));
        stop.store(true, Ordering::Relaxed);
        (peak.join().expect("it looks"), read)
    });
    std::thread::sleep(Duration::from_secs(2));
    let after = memory(server.id());
    // The export has a heading, and what happened in between.
    assert!(lines > events, "{lines} lines of {events} events");
    vec![
        Figure::new("Export: its first bytes", Unit::Milliseconds, [first], Target::Below(SOON)),
        Figure::new("Export: events", Unit::PerSecond, [events as f64 / lasted], None),
        Figure::new("Export: memory before", Unit::Megabytes, [before], None),
        Figure::new(
            "Export: growth of memory, at most",
            Unit::Megabytes,
            [(peak - before).max(0.0)],
            Target::Below(10.0),
        ),
        Figure::new(
            "Export: growth of memory, afterwards",
            Unit::Megabytes,
            [(after - before).max(0.0)],
            Target::Below(10.0),
        ),
    ]
}

/// Milliseconds until the first bytes, seconds until the last, and how many lines there were.
async fn read_whole(port: u16, request: &[u8]) -> (f64, f64, usize) {
    let mut stream = TcpStream::connect((ANYWHERE, port)).await.expect("the server listens");
    let began = Instant::now();
    stream.write_all(request).await.expect("it is sent");
    let mut bytes = vec![0; 256 * 1024];
    let (mut first, mut lines, mut tail) = (None, 0, Vec::new());
    while !tail.ends_with(b"\r\n0\r\n\r\n") {
        let read = stream.read(&mut bytes).await.expect("it goes on");
        assert!(read > 0, "the export was broken off after {lines} lines");
        first.get_or_insert_with(|| began.elapsed().as_secs_f64() * 1000.0);
        lines += bytes[..read].iter().filter(|byte| **byte == b'\n').count();
        tail.extend_from_slice(&bytes[read.saturating_sub(16)..read]);
        tail.drain(..tail.len().saturating_sub(16));
    }
    (first.unwrap_or_default(), began.elapsed().as_secs_f64(), lines)
}
