//! `templates/texts/en`: texts of the operator's own, which take the place of single built-in ones.

use super::{refused, with_file};
use crate::support::Server;

fn with_texts(file: &str, content: &str) -> Server {
    let server = with_file("[default.vestibule]\ntemplates = \"mine\"\n");
    let folder = server.folder().join("mine/texts/en");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(file), content).unwrap();
    server
}

#[test]
fn a_text_of_ones_own_takes_the_place_of_one_and_leaves_the_others() {
    let mine = "# Ours.\nlogin-title = Come in & <b>\nlogin-wrong = Nope, \"friend\".\n";
    let mine = mine.replace("<b>", "{ \"<b>\" }");
    let server = with_texts("login.ftl", &mine).and_seed().and_start();
    let plain = Server::seeded();
    let [own, built_in] = [&server, &plain].map(|server| server.client().get("/login").body);
    assert!(own.contains("<h1>Come in &amp; &lt;b&gt;</h1>"), "it is text, not markup: {own}");
    assert!(built_in.contains("<h1>Log in</h1>"));
    assert_eq!(own.replace("Come in &amp; &lt;b&gt;", "Log in"), built_in, "nothing else has changed");
    let mut browser = server.client();
    browser.log_in("roy", "wrong");
    assert!(browser.get("/login").body.contains("Nope, &quot;friend&quot;."), "messages are texts too");
    assert_eq!(server.client().get("/nowhere").body, plain.client().get("/nowhere").body);
}

#[test]
fn errors_of_fields_and_pages_of_errors_can_be_changed_and_programs_see_the_built_in_ones() {
    let server = with_texts("error.ftl", "error-404-title = Lost?\n").and_seed().and_start();
    let page = server.client().get("/nowhere");
    assert!(page.status == 404 && page.says("<h1>Lost?</h1>") && page.says("Lost? · "), "{}", page.body);
    let server = with_texts("names.ftl", "names-username-invalid = Nicht so.\n");
    let server = server.with("VESTIBULE_REGISTRATION", "open").with("VESTIBULE_SIGN_UP_SECONDS", "0");
    let server = server.and_seed().and_start();
    let form = [("username", "-"), ("password", "kettle drum harbour")];
    let opened = server.client().hidden("/signup", "opened");
    let page = server.client().post("/signup", &[&form[..], &[("opened", opened.as_str())]].concat());
    assert!(page.status == 422 && page.says("<span>Nicht so.</span>"), "{} {}", page.status, page.body);
    let added = server.cli(&["user", "add", "-"]);
    assert!(added.stderr.contains("A username has 2 to 32 characters"), "{added:?}");
}

#[test]
fn a_text_that_can_t_be_used_stops_the_start_and_check_tells_of_it_too() {
    for (file, content, says) in [
        (
            "login.ftl",
            "\nlogin-titel = Hi\n",
            "texts/en/login.ftl, line 2: there is no text login-titel; did you mean login-title?",
        ),
        ("login.ftl", "login-title Hi\n", "texts/en/login.ftl, line 1 can't be read as Fluent: "),
        (
            "login.ftl",
            "login-title = Hi\nlogin-title = Ho\n",
            "texts/en/login.ftl: the text login-title stands there twice",
        ),
        (
            "login.ftl",
            "login-title = Hi { $name }\n",
            "texts/en/login.ftl, line 1: the text login-title has no { $name }",
        ),
        (
            "login.ftl",
            "login-no-account = Come in\n",
            "texts/en/login.ftl, line 1: the text login-no-account lacks <link>: put it in",
        ),
        (
            "login.ftl",
            "login-title = <link>Hi\n",
            "texts/en/login.ftl, line 1, login-title: <link> is not closed: end it with </link>",
        ),
        ("login.ftl", "login-title = a < b\n", "texts/en/login.ftl, line 1, login-title: a `<` has to begin a tag"),
        (
            "login.ftl",
            "login-title = { login-titel }\n",
            "texts/en/login.ftl, line 1, login-title: this file has no text login-titel",
        ),
        (
            "login.ftl",
            "login-title = { login-title }\n",
            "texts/en/login.ftl, line 1, login-title: it refers to itself",
        ),
        (
            "home.ftl",
            "home-hello = Hello, { $nam }!\n",
            "texts/en/home.ftl, line 1: the text home-hello has no { $nam }; did you mean name?",
        ),
        (
            "home.ftl",
            "home-hello = Hello!\n",
            "texts/en/home.ftl, line 1: the text home-hello lacks { $name }: put it in",
        ),
        (
            "password.ftl",
            "password-hint = { $length ->\n [one] One sign\n *[other] { $length } signs\n }\n",
            "macros/form.html.tera, line 35: the text password-hint (texts/en/password.ftl, line 1) can have no tags, no",
        ),
        (
            "login.ftl",
            "login-title = Hi\nlogin-remember = \" ' `\n",
            "the text login-remember (texts/en/login.ftl, line 2) has all three kinds of quotes",
        ),
        (
            "dates.ftl",
            "dates-day = { $day ->\n [1] 1st\n *[other] { $day }\n } { $month } { $year }\n",
            "texts/en/dates.ftl, line 1: the text dates-day can have no choices and no tags",
        ),
        (
            "mail.ftl",
            "mail-test-subject = One\n    two\n",
            "texts/en/mail.ftl, line 1: the text mail-test-subject has to be one line",
        ),
        ("login.flt", "login-title = Hi\n", "texts/en/login.flt would not be used: name it texts/en/FEATURE.ftl"),
        ("../login.ftl", "login-title = Hi\n", "texts/login.ftl would not be used: name it texts/en/FEATURE.ftl"),
        ("logn.ftl", "login-title = Hi\n", "texts/en/logn.ftl: there is no such file of texts; did you mean login?"),
    ] {
        let server = with_texts(file, content);
        refused(&server, &["can't be used: ", says]);
        let check = server.cli(&["check"]);
        assert!(check.code == 1 && check.stdout.contains(says), "{check:?}");
    }
}

#[test]
fn a_template_of_ones_own_may_use_texts_and_is_told_when_one_is_not_there() {
    let template = |content: &str| {
        let server = with_texts("login.ftl", "login-title = Come in\n");
        std::fs::create_dir_all(server.folder().join("mine/login")).unwrap();
        std::fs::write(server.folder().join("mine/login/new.html.tera"), content).unwrap();
        server
    };
    let server = template("<p>\n{{ t(key=\"login-title\") }}</p>").and_seed().and_start();
    assert_eq!(server.client().get("/login").body, "<p>\nCome in</p>");
    let check = server.cli(&["check"]).stdout;
    assert!(check.lines().any(|line| line.starts_with("ok     templates ")), "{check}");
    let unclosed = template("<p>\n{{ brand.name </p>");
    refused(&unclosed, &["a template can't be used", "login/new", "2:"]);
    let check = unclosed.cli(&["check"]);
    let told = check.stdout.lines().find(|line| line.starts_with("wrong  templates "));
    assert!(check.code == 1 && told.is_some_and(|line| line.contains("login/new")), "{check:?}");
    refused(
        &template("<p>\n{{ t(key=\"login-titel\") }}</p>"),
        &[
            "a template can't be used",
            "login/new.html.tera, line 2: there is no text login-titel; did you mean login-title?",
        ],
    );
}

#[test]
fn letters_say_what_the_catalogue_says() {
    let server = with_texts("mail.ftl", "mail-test-works = Hallo von { $site }, { $at }.\n");
    let said = server.with("VESTIBULE_MAIL_TRANSPORT", "log").cli(&["mail", "test", "zoe@example.com"]);
    assert!(said.code == 0 && said.stdout.contains("Hallo von http"), "{said:?}");
}
