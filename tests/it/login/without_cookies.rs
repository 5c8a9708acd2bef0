//! A browser that keeps no cookies is told so after its login, and only then.

use crate::support::{Client, Server};

const REFUSED: &str = "This browser refused our cookie.";

/// A browser on the login page, which says where it comes from.
fn on_login_page(server: &Server) -> Client {
    server.client().browsing().with("Referer", &format!("http://127.0.0.1:{}/login?next=%2Ftodos", server.port))
}

#[test]
fn a_login_that_left_no_cookie_is_told_of() {
    let server = Server::seeded();
    let mut browser = on_login_page(&server);
    let right = browser.post("/login", &[("username", "roy"), ("password", "roy"), ("next", "/todos?show=all")]);
    assert_eq!(right.leads_to(), (303, "/todos?show=all"), "the address is as clean as ever");
    browser.jar.clear();
    let back = browser.get("/todos?show=all");
    assert_eq!(back.leads_to(), (303, "/login?next=%2Ftodos%3Fshow%3Dall&cookies=refused"));
    let page = browser.get(back.header("location").unwrap());
    assert!(page.status == 200 && page.says(REFUSED) && page.says("role=\"alert\""), "{}", page.body);
    assert!(page.says("value=\"/todos?show=all\""), "the next login leads there all the same: {}", page.body);
    assert_eq!(browser.get("/").leads_to(), (303, "/login?cookies=refused"));
    assert!(browser.get("/login?cookies=refused").says(REFUSED));
}

#[test]
fn nobody_else_is_told_so() {
    let server = Server::seeded();
    let mut known = server.signed_in("roy", "roy");
    known.post("/logout", &[]);
    assert!(known.jar.contains_key("device"));
    let mut at_login = on_login_page(&server);
    at_login.jar = known.jar.clone();
    assert_eq!(at_login.get("/").leads_to(), (303, "/login"), "its cookie shows that this browser keeps them");
    assert!(!at_login.get("/login?cookies=refused").says(REFUSED));
    let referer = |page: &str| server.client().with("Referer", page);
    let ours = format!("http://127.0.0.1:{}", server.port);
    for mut browser in [
        server.client(),
        server.client().browsing(),
        referer("https://evil.example/login"),
        referer(&format!("http://127.0.0.1:{}/login", server.port - 1)),
        referer(&format!("{ours}/")),
        referer(&format!("{ours}/nothing/login")),
        referer("/login"),
        referer("%"),
    ] {
        assert_eq!(browser.get("/").leads_to(), (303, "/login"));
        let page = browser.get("/login?cookies=refused");
        assert!(page.status == 200 && !page.says(REFUSED), "a link to it says nothing");
    }
    for page in ["/login", "/login?cookies=x"] {
        assert!(!on_login_page(&server).get(page).says(REFUSED), "a reload of {page} says nothing by itself");
    }
    let program = server.client().json().with("Referer", &format!("{ours}/login")).get("/");
    assert_eq!(program.status, 401);
}

#[test]
fn a_login_that_failed_is_told_of_the_cookies_as_well() {
    let server = Server::seeded();
    let mut browser = on_login_page(&server);
    let mut get = |path: &str| {
        let page = browser.get(path);
        browser.jar.clear();
        page
    };
    // Here the message about the wrong password is lost.
    let tried = get("/login?next=%2Ftodos");
    assert_eq!(tried.leads_to(), (303, "/login?next=%2Ftodos&cookies=refused"));
    let page = get("/login?next=%2Ftodos&cookies=refused");
    assert!(page.status == 200 && page.says(REFUSED), "{}", page.body);

    let mut keeps = on_login_page(&server);
    keeps.log_in("roy", "wrong");
    let page = keeps.get("/login");
    assert!(page.status == 200 && page.says("Wrong username/email or password."), "{}", page.body);
    assert_eq!(keeps.get("/login").leads_to(), (303, "/login?cookies=refused"), "a reload is tried out once");
    assert_eq!(keeps.get("/login?cookies=refused").leads_to(), (303, "/login"), "and the address is clean again");
    for _ in 0..2 {
        let page = keeps.get("/login");
        assert!(page.status == 200 && !page.says(REFUSED), "{}", page.body);
    }
    assert_eq!(keeps.log_in("roy", "roy").leads_to(), (303, "/"));
    assert!(keeps.is_signed_in());
}
