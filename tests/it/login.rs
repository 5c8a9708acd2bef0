//! Logging in by the page.

use crate::support::Server;

#[test]
fn the_login_page_is_the_same_bytes_for_all_strangers_and_sets_no_cookie() {
    let server = Server::seeded();
    let first = server.client().get("/login");
    let second = server.client().with("User-Agent", "Other/1.0").with("Cookie", "session=forged").get("/login");
    assert_eq!(first.body, second.body);
    for page in [first, second] {
        assert_eq!(page.status, 200);
        assert_eq!(page.all("set-cookie").count(), 0);
    }
}
