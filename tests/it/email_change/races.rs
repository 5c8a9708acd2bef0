//! Changes and links at the same time.

use std::thread;

use super::{CHANGED, CONFIRM, ask, change, with_people};
use crate::support::MailServer;

#[test]
fn of_twenty_who_use_one_link_one_does() {
    let mail = MailServer::start();
    let server = with_people(&mail, &["zoe"]);
    let mut zoe = server.program_of("zoe");
    ask(&mut zoe, "new@example.org");
    let link = mail.letter("new@example.org", CONFIRM).link();
    let at_once = |link: &str, path: &'static str| {
        let browser = server.opened(link);
        let mut statuses: Vec<u16> = thread::scope(|scope| {
            let all = [(); 20].map(|()| scope.spawn(|| browser.clone().post(path, &[]).status));
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        statuses.sort_unstable();
        statuses
    };
    let expected = [vec![303], vec![403; 19]].concat();
    assert_eq!(at_once(&link, "/email/confirm"), expected);
    let undo = mail.letter("zoe@example.com", CHANGED).link();
    assert_eq!(at_once(&undo, "/email/undo"), expected);
    let events = server.audit();
    for (event, times) in [("user.changed: email", 1), ("email_change.undone", 1)] {
        assert_eq!(events.iter().filter(|other| *other == event).count(), times, "{event}");
    }
}

#[test]
fn two_changes_of_one_s_own_never_confirm_an_address_that_the_link_was_not_sent_to() {
    let mail = MailServer::start();
    let server = with_people(&mail, &["zoe"]);
    let zoe = server.program_of("zoe");
    for round in 0..8 {
        let [one, other] = ["one", "other"].map(|name| format!("{name}{round}@example.org"));
        thread::scope(|scope| {
            for email in [&one, &other] {
                let mut zoe = zoe.clone();
                scope.spawn(move || ask(&mut zoe, email));
            }
        });
        let letters = [&one, &other].map(|email| mail.letter(email, CONFIRM));
        // Both are opened while the other one may be confirmed.
        let done: Vec<(String, u16)> = thread::scope(|scope| {
            let both: Vec<_> = letters
                .iter()
                .map(|letter| {
                    let server = &server;
                    scope.spawn(move || {
                        let mut browser = server.client().browsing();
                        browser.get(&letter.link());
                        (letter.to()[0].to_owned(), browser.confirm().status)
                    })
                })
                .collect();
            both.into_iter().map(|one| one.join().unwrap()).collect()
        });
        let confirmed: Vec<&String> = done.iter().filter(|(_, status)| *status == 303).map(|(to, _)| to).collect();
        assert_eq!(confirmed, [&server.email_of("zoe")], "{done:?}");
    }
}

#[test]
fn an_address_that_two_accounts_ask_for_belongs_to_one() {
    let mail = MailServer::start();
    let server = with_people(&mail, &["ann", "zoe"]);
    let people = ["ann", "zoe"];
    for name in people {
        ask(&mut server.program_of(name), "new@example.org");
    }
    let browsers = [0, 1].map(|number| server.opened(&mail.wait_for(2)[number].link()));
    let mut statuses: Vec<u16> = thread::scope(|scope| {
        let both = browsers.each_ref().map(|browser| scope.spawn(|| browser.clone().confirm().status));
        both.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let emails: Vec<String> = people.iter().map(|name| server.email_of(name)).collect();
    assert_eq!(emails.iter().filter(|email| *email == "new@example.org").count(), 1, "{emails:?}");
    let loser = statuses.iter().position(|status| *status == 409).expect("one comes too late");
    let page = browsers[loser].clone().confirm();
    assert!(page.status == 409 && page.says("Another account has this email address by now"), "{}", page.body);
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);

    // Whoever gives the address up makes room for the other one, whose link is not spent.
    let winner = people[1 - emails.iter().position(|email| email != "new@example.org").unwrap()];
    change(&server, &mail, &mut server.program_of(winner), "elsewhere@example.org");
    assert_eq!(browsers[loser].clone().confirm().status, 303);
}
