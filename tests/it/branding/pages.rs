//! What pages show.

use super::NASTY;
use crate::support::{Client, Server, brands};

/// Text as templates escape it.
fn escaped(text: &str) -> String {
    let marks = [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#x27;"), ("/", "&#x2F;")];
    marks.into_iter().fold(text.to_owned(), |text, (mark, entity)| text.replace(mark, entity))
}

#[test]
fn every_page_has_the_name_the_logo_and_the_links() {
    let brand = brands::nordlicht();
    let server = Server::prepare().branded(&brand).and_seed().and_start();
    let roy = server.signed_in("roy", "roy");
    for (client, path) in [
        (&server.client(), "/login"),
        (&server.client(), "/api"),
        (&server.client(), "/nowhere"),
        (&server.client(), "/forgot"),
        (&server.client(), "/signup"),
        (&roy, "/"),
        (&roy, "/api"),
        (&roy, "/account"),
        (&roy, "/todos"),
    ] {
        let page = client.clone().get(path);
        assert!(page.body.contains(" · Nordlicht</title>"), "{path}: {}", page.body);
        assert!(page.body.contains("Nordlicht</bdi>") && !page.body.contains("Vestibule"), "{path}: {}", page.body);
        assert_eq!(page.body.matches("/logo.svg\"").count(), 2, "{path}: in the head and as icon");
        let link = "href=\"https:&#x2F;&#x2F;nordlicht.example&#x2F;impressum\" referrerpolicy=\"no-referrer\"";
        assert!(page.body.contains(link) && page.body.contains("Datenschutz</bdi>"), "{path}: {}", page.body);
    }
}

#[test]
fn without_settings_nothing_of_it_is_there() {
    let server = Server::seeded();
    let page = server.client().get("/login").body;
    assert!(page.contains(" · Vestibule</title>") && page.contains("brand-arch"), "{page}");
    assert!(!page.contains("<footer") && !page.contains("<img"), "{page}");
}

#[test]
fn a_name_is_text_whatever_is_in_it() {
    for name in NASTY {
        let server = Server::on_sqlite().with("VESTIBULE_SITE_NAME", name).and_start();
        for path in ["/login", "/nowhere"] {
            let page = server.client().get(path).body;
            assert!(page.contains(&format!(" · {}</title>", escaped(name))), "{name}: {page}");
            assert!(page.contains(&format!("{}</bdi>", escaped(name))), "{name}: {page}");
        }
    }
}

#[test]
fn a_logo_with_the_name_in_it_stands_alone() {
    let server = Server::on_sqlite().branded(&brands::orbital()).and_start();
    let page = server.client().get("/login").body;
    assert!(page.contains("width=\"160\" height=\"40\" alt=\"Orbit\">") && !page.contains("<bdi"), "{page}");
    assert!(page.contains("/favicon.svg\"") && !page.contains("<footer"), "{page}");
    let server = Server::on_sqlite().branded(&brands::fishmongers()).and_start();
    let page = server.client().get("/login").body;
    assert!(
        page.contains("width=\"40\" height=\"40\" alt=\"\">")
            && page.contains("<bdi class=\"brand-name brand-name-long\">")
    );
    assert!(page.contains("rel=\"apple-touch-icon\"") && page.matches("/logo.png\"").count() == 3, "{page}");
}

#[test]
fn who_can_go_no_further_reads_whom_to_ask() {
    let server = Server::prepare().branded(&brands::nordlicht()).and_start();
    let mut stranger = server.client().browsing();
    let broken = stranger.get("/reset?token=x");
    let refused = stranger.with("Sec-Fetch-Site", "cross-site").post("/logout", &[]);
    assert_eq!(refused.status, 403, "{}", refused.body);
    let asks = |client: &mut Client, path: &str| client.get(path).body;
    for page in [asks(&mut stranger, "/forgot"), asks(&mut stranger, "/signup"), broken.body, refused.body] {
        assert!(page.contains("<p>Call the help desk: 555-0100.</p>"), "{page}");
        assert!(page.contains("on floor 2 &amp; bring &lt;your&gt; badge.</p>"), "{page}");
    }
    assert!(!asks(&mut stranger, "/nowhere").contains("555-0100"), "nobody can help with a mistyped address");
}

#[test]
fn the_name_of_the_server_is_no_password() {
    let server = Server::prepare().with("VESTIBULE_SITE_NAME", "Fishmongers United").and_open().and_start();
    let fields = |password| [("username", "zoe"), ("name", ""), ("email", ""), ("password", password)];
    let refused = server.client().sign_up(&fields("Fishmongers2026"));
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert!(refused.says("too close to the name"), "{}", refused.body);
    assert_eq!(server.client().sign_up(&fields("twelve Fishmongers, 3 boats")).status, 303);
}
