//! What can't be used stops the start, and is told with what to use instead.

use crate::support::{Server, brands};

/// What is said to a setting that can't be used.
#[track_caller]
fn said(server: &Server) -> String {
    let output = server.refuses_to_start(&["serve"]);
    assert_eq!((output.code, output.stdout.as_str()), (1, ""), "{output:?}");
    assert!(!output.stderr.contains("panicked") && output.stderr.lines().count() == 1, "{output:?}");
    output.stderr
}

#[test]
fn an_accent_that_is_hard_to_read_is_told_the_nearest_that_is_not() {
    for (variable, bad, scheme) in [
        ("VESTIBULE_ACCENT", "#ffe600", "light"),
        ("VESTIBULE_ACCENT", "#ff6f00", "light"),
        ("VESTIBULE_ACCENT", "#fff", "light"),
        ("VESTIBULE_ACCENT", "#8fb2ff", "light"),
        ("VESTIBULE_ACCENT_DARK", "#1c4cb6", "dark"),
        ("VESTIBULE_ACCENT_DARK", "#000000", "dark"),
    ] {
        let said = said(&Server::on_sqlite().with(variable, bad));
        let setting = format!("setting `vestibule.{}`", variable.trim_start_matches("VESTIBULE_").to_lowercase());
        assert!(said.contains(&setting) && said.contains(&format!("on {scheme} pages")), "{said}");
        let nearest = said.split("use #").nth(1).and_then(|rest| rest.get(..6)).expect("a colour");
        let server = Server::on_sqlite().with(variable, &format!("#{nearest}")).and_start();
        assert_eq!(server.client().get("/login").status, 200, "{nearest} is taken");
    }
    let fine = "VESTIBULE_ACCENT";
    for bad in ["blue", "#12345", "rgb(1, 2, 3)", "", "#1c4cb6;}body{display:none"] {
        let said = said(&Server::on_sqlite().with(fine, bad));
        assert!(said.ends_with("use a colour such as #1c4cb6\n"), "{said}");
    }
}

#[test]
fn a_logo_that_can_t_be_shown_is_told_why() {
    let svg =
        |inside: &str| format!("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'>{inside}</svg>").into_bytes();
    let whole = brands::png(8, 8, |_, _| [0, 0, 0, 255]);
    let mut flipped = whole.clone();
    flipped[50] ^= 1;
    for (content, says) in [
        (svg("\n<script>alert(1)</script>"), "has the element script in line 2"),
        (svg("<path onload='alert(1)'/>"), "has the attribute onload"),
        (svg("<image href='https://example.com/x.png'/>"), "has the attribute href"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), "give its svg element a viewBox"),
        (b"<svg".to_vec(), "is not an SVG that can be used"),
        (b"GIF89a".to_vec(), "is neither an SVG nor a PNG"),
        (Vec::new(), "is neither an SVG nor a PNG"),
        (vec![b' '; 256 * 1024 + 1], "has more than 256 KiB"),
        (whole[..40].to_vec(), "is damaged or cut short"),
        (whole[..whole.len() - 12].to_vec(), "is damaged or cut short"),
        (flipped, "is damaged or cut short"),
        (brands::png(2049, 1, |_, _| [0; 4]), "at most 2048"),
        (brands::png(90, 10, |_, _| [0; 4]), "at most 8 times as wide as high"),
        (brands::png(10, 21, |_, _| [0; 4]), "2 times as high as wide"),
    ] {
        let server = Server::on_sqlite().with("VESTIBULE_LOGO", "logo");
        std::fs::write(server.folder().join("logo"), content).unwrap();
        let said = said(&server);
        assert!(
            said.contains(
                "setting `vestibule.logo` in the environment variable VESTIBULE_LOGO can't be used: the file"
            ),
            "{said}"
        );
        assert!(said.contains(says), "{says}: {said}");
    }
    let server = Server::on_sqlite().with("VESTIBULE_LOGO", "logo");
    assert!(said(&server).contains("can't be read"));
    std::fs::create_dir(server.folder().join("logo")).unwrap();
    assert!(said(&server).contains("is not a file"));
    let server = Server::on_sqlite().with("VESTIBULE_LOGO", "pipe");
    let made = std::process::Command::new("mkfifo").arg(server.folder().join("pipe")).status().unwrap();
    assert!(made.success() && said(&server).contains("is not a file"), "a pipe is not waited for");
}

#[test]
fn names_and_links_that_can_t_be_shown_are_refused() {
    let name = "use a text of at most 64 characters";
    let links = "use a list such as [\"Imprint <https://example.com/imprint>\"";
    for (variable, value, says) in [
        ("VESTIBULE_SITE_NAME", "", name),
        ("VESTIBULE_SITE_NAME", "a\u{202e}b", name),
        ("VESTIBULE_SITE_NAME", "\u{1b}]0;x\u{7}", name),
        ("VESTIBULE_SITE_NAME", &"x".repeat(65), name),
        ("VESTIBULE_LEGAL_LINKS", "[\"Imprint <http://example.com>\"]", links),
        ("VESTIBULE_LEGAL_LINKS", "[\"Imprint <javascript:alert(1)>\"]", links),
        ("VESTIBULE_LEGAL_LINKS", "[\"Imprint <//example.com>\"]", links),
        ("VESTIBULE_LEGAL_LINKS", "[\"Imprint\"]", links),
        ("VESTIBULE_LEGAL_LINKS", "Imprint </imprint>", links),
        ("VESTIBULE_LEGAL_LINKS", &format!("[{}]", ["\"A </a>\""; 9].join(",")), "it has 9 links, and at most 8 fit"),
    ] {
        let said = said(&Server::on_sqlite().with(variable, value));
        assert!(said.contains(says), "{value:?}: {said}");
        assert!(!said.trim_end().contains(|c: char| c.is_control() || c == '\u{202e}'), "{said:?}");
    }
    assert!(Server::on_sqlite().with("VESTIBULE_SITE_NAME", "42").and_start().client().get("/login").says("42</bdi>"));
}
