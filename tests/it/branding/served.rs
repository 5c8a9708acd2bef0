//! The logo and the style sheet, as browsers get them.

use crate::support::brands::{self, Brand};
use crate::support::{Reply, Server};

/// The address of a static file that the login page names.
fn address(server: &Server, file: &str) -> Option<String> {
    let page = server.client().get("/login").body;
    let named = page.split('"').find(|part| part.starts_with("/static/") && part.ends_with(&format!("/{file}")));
    named.map(str::to_owned)
}

fn get(server: &Server, file: &str) -> Reply {
    let address = address(server, file).unwrap_or_else(|| panic!("{file} is not on the page"));
    let reply = server.client().get(&address);
    assert_eq!(reply.status, 200, "{address}");
    assert_eq!(reply.header("cache-control"), Some("public, max-age=31536000, immutable"), "{address}");
    reply
}

fn with(brand: &Brand) -> Server {
    Server::on_sqlite().branded(brand).and_start()
}

#[test]
fn nothing_in_a_logo_can_run() {
    let server = with(&brands::nordlicht());
    let logo = get(&server, "logo.svg");
    let (_, content) = brands::nordlicht().logo;
    assert_eq!(logo.body.as_bytes(), content);
    assert_eq!(logo.header("content-type"), Some("image/svg+xml"));
    let policy = logo.header("content-security-policy").expect("a policy");
    let directives: Vec<&str> = policy.split("; ").collect();
    assert!(directives.contains(&"default-src 'none'") && directives.contains(&"sandbox"), "{policy}");
    assert!(!policy.contains("script") && !policy.contains("allow-") && !policy.contains("'self'"), "{policy}");
    assert_eq!(logo.header("x-content-type-options"), Some("nosniff"));
    let sheet = get(&server, "style.css");
    assert!(!sheet.header("content-security-policy").expect("a policy").contains("sandbox"));
    let elsewhere = server.client().get("/static/0000000000000000/logo.svg");
    assert_eq!(elsewhere.status, 404, "it has the address with its hash alone");

    let server = with(&brands::fishmongers());
    let logo = get(&server, "logo.png");
    assert_eq!(logo.header("content-type"), Some("image/png"));
    assert!(logo.header("content-security-policy").is_some_and(|policy| policy.contains("sandbox")));
    let icon = server.client().get("/favicon.ico");
    assert_eq!(icon.header("location"), address(&server, "logo.png").as_deref());
}

#[test]
fn another_logo_or_accent_has_another_address() {
    let addresses = |brand: &Brand| ["logo.svg", "style.css", "favicon.svg"].map(|file| address(&with(brand), file));
    let ours = addresses(&brands::nordlicht());
    assert_eq!(ours, addresses(&brands::nordlicht()), "the same after another start");
    let other = addresses(&Brand { accent: "#7c1fa8", ..brands::nordlicht() });
    assert!(ours[0] == other[0] && ours[1] != other[1], "{ours:?}, {other:?}");
    let picture = String::from_utf8(brands::nordlicht().logo.1).unwrap().replace("r='23'", "r='22'");
    let other = addresses(&Brand { logo: ("mark.svg", picture.into()), ..brands::nordlicht() });
    assert!(ours[0] != other[0] && ours[1] == other[1], "{ours:?}, {other:?}");
}

#[test]
fn the_accent_colours_the_sheet_the_icon_and_the_frame_of_the_browser() {
    let server = with(&Brand { accent_dark: Some("#ffe600"), ..brands::orbital() });
    let sheet = get(&server, "style.css").body;
    assert!(sheet.contains("--accent: #3b2a8c;") && sheet.contains("--accent: #ffe600;"), "both accents as they are");
    let built_in = get(&Server::on_sqlite().and_start(), "style.css").body;
    let value = |sheet: &str, name: &str| {
        let rest = sheet.split(&format!("--{name}: ")).nth(1).expect("it has a value").to_owned();
        rest.split(';').next().expect("an end").to_owned()
    };
    for name in ["wall-top", "floor-near", "pane", "link"] {
        assert_ne!(value(&sheet, name), value(&built_in, name), "--{name} follows");
    }
    for name in ["danger", "error-ink", "success-ink", "lamp"] {
        assert_eq!(value(&sheet, name), value(&built_in, name), "--{name} keeps its meaning");
    }
    let page = server.client().get("/login").body;
    assert!(page.contains(&format!("name=\"theme-color\" content=\"{}\"", value(&sheet, "wall-top"))), "{page}");
    assert!(!get(&server, "favicon.svg").body.contains("#2f66dc"));
    let icon = server.client().get("/favicon.ico");
    assert!(icon.header("location").is_some_and(|place| place.ends_with("/favicon.svg")), "the blue one is not shown");
}
