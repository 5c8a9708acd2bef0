//! What people type: it comes back as text, or not at all.

use crate::support::Server;

const FORM: Option<&str> = Some("application/x-www-form-urlencoded");

#[test]
fn an_empty_field_is_named_by_the_field_itself() {
    let server = Server::seeded();
    let mut browser = server.client().browsing();
    let name = "Enter your username or email.";
    let password = "Enter your password.";
    for (fields, messages, invalid) in [
        (vec![("username", "roy"), ("password", "")], vec![password], vec!["password"]),
        (vec![("username", "roy")], vec![password], vec!["password"]),
        (vec![("username", ""), ("password", "hunter2hunter2")], vec![name], vec!["username"]),
        (vec![("username", " \t\u{3000}"), ("password", "hunter2hunter2")], vec![name], vec!["username"]),
        (vec![("password", "hunter2hunter2")], vec![name], vec!["username"]),
        (vec![], vec![name, password], vec!["username", "password"]),
    ] {
        let page = browser.post("/login", &fields);
        assert_eq!(page.status, 422, "{fields:?}");
        assert!(page.body.contains("<title>Error: Log in · Vestibule</title>"), "{}", page.body);
        assert_eq!(page.all("set-cookie").count(), 0, "{fields:?}");
        assert_eq!(page.body.matches(r#"aria-invalid="true""#).count(), invalid.len(), "{}", page.body);
        for field in invalid {
            let tied = format!(r#"aria-invalid="true" aria-describedby="{field}-error""#);
            let input = page.body.split("<input").find(|input| input.contains(&format!(r#"name="{field}""#)));
            assert!(input.unwrap().contains(&tied), "{field}: {}", page.body);
            assert!(page.body.contains(&format!(r#"id="{field}-error""#)), "{}", page.body);
        }
        for message in messages {
            assert!(page.says(message), "{message}: {}", page.body);
        }
        let kept = fields.contains(&("username", "roy"));
        assert_eq!(page.body.contains(r#"value="roy""#), kept, "{}", page.body);
        assert!(!page.body.contains("hunter2"), "no password is ever sent back");
    }
    assert_eq!(server.audit().iter().filter(|line| line.starts_with("login")).count(), 0, "nothing was tried");
}

#[test]
fn the_tick_of_remember_me_is_kept_and_empty_counts_as_unticked() {
    let server = Server::seeded();
    let mut browser = server.client().browsing();
    let fields = [("username", "roy"), ("password", ""), ("remember", "on")];
    assert!(browser.post("/login", &fields).body.contains(r#"value="on" checked"#));
    browser.post("/login", &[("username", "roy"), ("password", "wrong"), ("remember", "on")]);
    assert!(browser.get("/login").body.contains(r#"value="on" checked"#));
    browser.post("/login", &[("username", "roy"), ("password", "wrong"), ("remember", "")]);
    assert!(!browser.get("/login").body.contains(r#"value="on" checked"#));
}

#[test]
fn a_name_comes_back_as_text() {
    let server = Server::seeded();
    for (typed, shown) in [
        ("<b>roy</b>", "&lt;b&gt;roy&lt;&#x2F;b&gt;"),
        ("\"><script>alert(1)</script>", "&quot;&gt;&lt;script&gt;alert(1)&lt;&#x2F;script&gt;"),
        ("' onfocus='alert(1)", "&#x27; onfocus=&#x27;alert(1)"),
        ("{{ 7 * 7 }}{% raw %}", "{{ 7 * 7 }}{% raw %}"),
        ("&amp;&lt;", "&amp;amp;&amp;lt;"),
    ] {
        let mut browser = server.client().browsing();
        browser.log_in(typed, "wrong");
        let flashed = browser.get("/login");
        let empty = browser.log_in(typed, "");
        for page in [flashed, empty] {
            assert!(page.body.contains(&format!(r#" value="{shown}""#)), "{typed}: {}", page.body);
        }
    }
}

#[test]
fn a_display_name_and_an_address_are_text_on_every_page() {
    let server = Server::prepare();
    let name = "<i>\"Roy\"</i> & 'Co'";
    server.add_user_with("royal", &["--name", name, "--email", "a'b&c@example.com", "--role", "staff"]);
    let server = server.and_start();
    let mut browser = server.signed_in("royal", crate::support::GOOD_PASSWORD);
    let leave = server.client().with("Cookie", &format!("session={}", browser.jar["session"])).get("/logout");
    for page in [browser.get("/"), leave] {
        assert_eq!(page.status, 200);
        assert!(page.body.contains("&lt;i&gt;&quot;Roy&quot;&lt;&#x2F;i&gt; &amp; &#x27;Co&#x27;"), "{}", page.body);
        assert!(!page.body.contains("<i>"), "{}", page.body);
    }
    assert!(browser.get("/").body.contains("a&#x27;b&amp;c@example.com"));
}

#[test]
fn odd_names_and_passwords_are_wrong_and_nothing_worse() {
    let server = Server::seeded();
    let giant = "x".repeat(15_000);
    let wide = "\u{FDFA}".repeat(800);
    for odd in [
        "\0",
        "roy\0",
        "\u{1b}[2J\u{7}",
        "\u{202e}yor",
        "\u{feff}roy\u{200b}",
        "\u{10ffff}",
        "İ\u{307}ẞ",
        "roy\r\nSet-Cookie: a=b",
        "%00",
        &"\"\\<".repeat(84),
        &"\u{1}".repeat(254),
        &"é".repeat(127),
        &giant,
        &wide,
    ] {
        let mut client = server.client();
        assert_eq!(client.log_in(odd, "wrong").leads_to(), (303, "/login"), "{odd:?}");
        let page = client.get("/login");
        assert!(page.status == 200 && page.says("Wrong username/email or password"), "{odd:?}");
        assert!(client.jar.values().all(|cookie| cookie.len() < 4000), "browsers keep 4096 bytes: {odd:?}");
        assert_eq!(client.log_in("roy", odd).leads_to(), (303, "/login"), "{odd:?}");
    }
    for bytes in
        [b"username=\xff\xfe&password=x".as_slice(), b"username=roy&password=%ff", b"username=%c0%80&password=x"]
    {
        let head = format!(
            "POST /login HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n",
            server.port,
            FORM.unwrap(),
            bytes.len()
        );
        let reply = server.client().raw(&[head.as_bytes(), bytes].concat());
        assert_eq!(reply.status, 400, "{bytes:?}");
    }
}
