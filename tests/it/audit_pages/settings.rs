//! `/admin/settings`: what is in force, where it comes from, and no secret.

use crate::support::Server;

#[test]
fn settings_are_shown_with_where_they_come_from_and_secrets_are_not() {
    let server = Server::prepare();
    std::fs::write(
        server.folder().join("Rocket.toml"),
        "[default.vestibule]\nhelp_text = \"Ask <b>Ada</b>\"\nmail_from = \"login@example.com\"\n",
    )
    .unwrap();
    let key = format!("{}QQ==", "QUJD".repeat(21));
    let server = server
        .with("VESTIBULE_SMTP_URL", "smtps://ada:s3cret@mail.example.com")
        .with("VESTIBULE_SECRET_KEY", &key)
        .and_seed()
        .and_start();
    let page = server.admin().get("/admin/settings");
    assert_eq!(page.status, 200);
    let row = |key: &str| {
        let rest = page.body.split(&format!("<dt><code>{key}</code>")).nth(1).unwrap_or_else(|| panic!("{key}"));
        rest.split("</div>").next().unwrap().replace("&#x2F;", "/").replace("&quot;", "\"")
    };
    assert!(row("bcrypt_cost").contains("<code>4</code>"), "{}", row("bcrypt_cost"));
    assert!(row("bcrypt_cost").contains("From the environment variable VESTIBULE_BCRYPT_COST"));
    assert!(row("mail_from").contains("<code>\"login@example.com\"</code>"));
    assert!(row("mail_from").contains("Rocket.toml"), "{}", row("mail_from"));
    assert!(row("help_text").contains("Ask &lt;b&gt;Ada&lt;/b&gt;"), "{}", row("help_text"));
    assert!(row("registration").contains("<code>\"closed\"</code>") && row("registration").contains("Default"));
    assert!(row("public_url").contains("not set"));
    assert!(row("address").contains("<code>public_url</code>") && !row("address").contains('`'), "{}", row("address"));
    for secret in ["secret_key", "smtp_url"] {
        assert!(row(secret).contains("set, and not shown"), "{}", row(secret));
    }
    assert!(!page.body.contains("s3cret") && !page.body.contains("QUJDQUJD"), "no secret");
}
