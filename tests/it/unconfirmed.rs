//! A form that comes when its sender has to confirm with the password first: nothing of it is done, and what was typed
//! stands in it again after that, for them alone.

use crate::support::{Client, Reply, Server};

const FIRST: &str = "Nothing was saved yet. Confirm with your password, then send the form again.";
const NOT_SAVED: &str = "You had to confirm with your password first, so this is not saved yet.";
const NOT_KEPT: &str = "What you typed was too long to keep";
const NOTHING_DONE: &str = "You had to confirm with your password first, so nothing was changed yet.";

/// An admin whose password was asked for more than ten minutes ago.
fn server_and_admin() -> (Server, Client) {
    let server = Server::seeded();
    let mut admin = server.admin();
    admin.csrf();
    let_time_pass(&server);
    (server, admin)
}

fn let_time_pass(server: &Server) {
    server.execute(&format!("UPDATE sessions SET authenticated_at = {}", server.time("-11 minutes")));
    server.let_a_second_pass();
}

/// Sends a form, which leads to the confirmation.
fn send(browser: &mut Client, form: &str, fields: &[(&str, &str)]) {
    let sent = browser.act(form, fields);
    let (status, way) = sent.leads_to();
    assert_eq!(status, 303, "{sent:?}");
    let next = way.split_once("/confirm?next=").expect("it leads to the confirmation").1;
    assert_eq!(percent_encoding::percent_decode_str(next).decode_utf8().unwrap(), form);
    let page = browser.get(way);
    assert!(page.says(FIRST), "{}", page.body);
}

/// Confirms, and comes back to the form.
fn confirm(browser: &mut Client, password: &str, form: &str) -> Reply {
    assert_eq!(browser.act("/confirm", &[("password", password), ("next", form)]).leads_to(), (303, form));
    browser.get(form)
}

fn page_of(server: &Server, name: &str) -> String {
    format!("/admin/users/{}", server.sql(&format!("SELECT id FROM users WHERE username = '{name}'")).remove(0))
}

#[test]
fn what_an_admin_typed_about_an_account_stands_in_the_form_again_once() {
    let (server, mut admin) = server_and_admin();
    let form = format!("{}/edit", page_of(&server, "roy"));
    let version = "not-yet-seen";
    let typed = [
        ("name", "Roy “B” <b>"),
        ("username", "roy.b"),
        ("email", "roy@example.com"),
        ("roles", "staff writers"),
        ("version", version),
    ];
    send(&mut admin, &form, &typed);
    assert_eq!(server.sql("SELECT count(*) FROM users WHERE username = 'roy.b'"), ["0"], "nothing was done");
    assert_eq!(
        admin.act("/confirm", &[("password", "wrong"), ("next", &form)]).status,
        422,
        "that costs nothing of it"
    );
    let page = confirm(&mut admin, "password", &form);
    assert!(page.says(NOT_SAVED) && page.says("role=\"alert\""), "{}", page.body);
    for held in ["Roy “B” &lt;b&gt;", "roy.b", "roy@example.com", "staff writers", version] {
        assert!(page.says(&format!("value=\"{held}\"")), "{held}: {}", page.body);
    }
    assert!(!admin.jar.contains_key("unsaved"), "it is shown once");
    let again = admin.get(&form);
    assert!(!again.says("roy.b") && !again.says(NOT_SAVED), "{}", again.body);
    let version = again.body.split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let typed = typed.map(|(name, value)| (name, if name == "version" { version.as_str() } else { value }));
    assert_eq!(admin.act(&form, &typed).status, 303);
    assert_eq!(server.sql("SELECT email FROM users WHERE username = 'roy.b'"), ["roy@example.com"]);
}

#[test]
fn an_invitation_and_an_address_of_ones_own_are_kept_too() {
    let (server, mut admin) = server_and_admin();
    let terms = [("note", "For Ada"), ("email", "ada@example.com"), ("roles", "staff"), ("uses", "3"), ("days", "5")];
    send(&mut admin, "/admin/invitations/new", &terms);
    send(&mut admin, "/account/email", &[("email", "boss@example.com")]);
    let page = confirm(&mut admin, "password", "/admin/invitations/new");
    for (name, value) in terms {
        assert!(page.says(&format!("value=\"{value}\"")), "{name}: {}", page.body);
    }
    let own = admin.get("/account/email");
    assert!(own.says(NOT_SAVED) && own.says("value=\"boss@example.com\""), "the other tab: {}", own.body);
    assert_eq!(server.sql("SELECT count(*) FROM invitations"), ["0"]);
    assert_eq!(admin.act("/account/email", &[("email", "boss@example.com")]).status, 303);
    assert_eq!(server.sql("SELECT email FROM users WHERE username = 'admin'"), ["boss@example.com"]);
}

#[test]
fn a_button_asks_once_more_and_still_leads_back_to_where_it_stood() {
    let (server, mut admin) = server_and_admin();
    let question = format!("{}/disable", page_of(&server, "roy"));
    let list = "/admin/users?start=ro&state=enabled";
    send(&mut admin, &question, &[("next", list)]);
    let page = confirm(&mut admin, "password", &question);
    assert!(page.says(NOTHING_DONE) && page.says("Disable this account?"), "{}", page.body);
    let next = page.body.split("name=\"next\" value=\"").nth(1).expect("it knows where").split('"').next().unwrap();
    assert_eq!(next.replace("&#x2F;", "/").replace("&amp;", "&"), list);
    assert_eq!(server.sql("SELECT count(*) FROM users WHERE disabled_at IS NOT NULL"), ["0"]);
    assert_eq!(admin.act(&question, &[("next", list)]).leads_to(), (303, list));
    assert!(!admin.get(&question).says(NOTHING_DONE), "told once");

    let_time_pass(&server);
    let elsewhere = format!("{}/enable", page_of(&server, "roy"));
    send(&mut admin, &elsewhere, &[("next", "//evil.example")]);
    assert!(!confirm(&mut admin, "password", &elsewhere).says("evil.example"), "pages of ours only");
}

#[test]
fn a_session_that_ends_before_the_confirmation_costs_nothing_either() {
    let (server, mut admin) = server_and_admin();
    let form = "/admin/invitations/new";
    send(&mut admin, form, &[("note", "For Ada"), ("uses", "3"), ("days", "5")]);
    let token = admin.csrf();
    server.execute("DELETE FROM sessions");
    server.let_a_second_pass();
    let late = admin.post("/confirm", &[("csrf", &token), ("password", "password"), ("next", form)]);
    assert_eq!(late.leads_to(), (303, "/login?next=%2Fadmin%2Finvitations%2Fnew"));
    assert_eq!(admin.post("/login", &[("username", "admin"), ("password", "password"), ("next", form)]).status, 303);
    let page = admin.get(form);
    assert!(page.says("value=\"For Ada\"") && page.says("this is not saved yet"), "{}", page.body);
}

#[test]
fn what_is_too_long_is_not_kept_and_the_page_says_so() {
    let (_server, mut admin) = server_and_admin();
    let note = "x".repeat(4000);
    send(&mut admin, "/admin/invitations/new", &[("note", &note), ("uses", "1"), ("days", "7")]);
    let page = confirm(&mut admin, "password", "/admin/invitations/new");
    assert!(page.says(NOT_KEPT) && !page.says("xxxx"), "{}", page.body);
}

#[test]
fn nobody_else_sees_it_and_what_is_no_form_of_ours_is_not_kept() {
    let (server, mut admin) = server_and_admin();
    server.add_user_with("boss", &["--role", "admin"]);
    send(&mut admin, "/admin/invitations/new", &[("note", "For Ada"), ("uses", "1"), ("days", "7")]);
    let kept = admin.jar["unsaved"].clone();
    let mut boss = server.signed_in("boss", crate::support::GOOD_PASSWORD);
    boss.jar.insert("unsaved".to_owned(), kept);
    let page = boss.get("/admin/invitations/new");
    assert!(page.status == 200 && !page.says("Ada") && !page.says(NOT_SAVED), "{}", page.body);
    assert!(!boss.jar.contains_key("unsaved"), "it is dropped");

    let (_server, mut admin) = server_and_admin();
    let token = admin.csrf();
    let terms = [("note", "For Ada"), ("uses", "1"), ("days", "7")];
    for wrong in [&[("csrf", "x")][..], &[], &[("csrf", &token), ("password", "secret")]] {
        assert_eq!(admin.post("/admin/invitations/new", &[wrong, &terms].concat()).status, 303);
        assert!(!admin.jar.contains_key("unsaved"), "{wrong:?}");
    }
    let mut elsewhere = admin.with("Sec-Fetch-Site", "cross-site");
    let refused = elsewhere.post("/admin/invitations/new", &[&[("csrf", token.as_str())], &terms[..]].concat());
    assert_eq!((refused.status, refused.all("set-cookie").count()), (403, 0));
}
