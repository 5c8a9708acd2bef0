//! Rows that are wrong: named by their line, and nothing is imported unless the others are wanted.

use serde_json::json;

use super::{ROY, many, report};
use crate::support::Server;

#[test]
fn one_wrong_row_of_many_is_named_and_nothing_is_imported() {
    let server = Server::migrated();
    let text = many(3000).replace("\nuser2345,user2345@example.com,", "\nuser2345,nonsense,");
    let failed = server.import(&text, &[]);
    assert_eq!((failed.code, failed.stdout.as_str()), (1, ""));
    assert!(failed.stderr.contains("line 2346: \"nonsense\" is no email address"), "{failed:?}");
    assert_eq!(failed.stderr.lines().count(), 2, "{failed:?}");
    assert_eq!(server.usernames(), [""; 0]);
    assert!(server.nothing_is_staged());
    let rest = server.import(&text, &["--keep-going", "--json"]);
    let told = report(&rest);
    assert_eq!((&told["imported"], &told["wrong"]), (&json!(2999), &json!(1)));
    assert_eq!(told["rows"][0]["line"], 2346);
    assert_eq!(server.sql("SELECT count(*) FROM users"), ["2999"]);
}

#[test]
fn whatever_is_wrong_with_a_row_is_said_with_its_line() {
    let server = Server::migrated();
    for (text, said) in [
        ("username\nanna\n\nAnna\n", "line 4: anna is in line 2 too"),
        ("username,name\r\nanna,\"A\r\nB\"\r\n\r\n\r\nben,\"B\r\nC\"\r\nBEN,", "line 8: ben is in line 6 too"),
        ("username,email\nanna,a@x.example\nben,A@X.example\n", "line 3: a@x.example is in line 2 too"),
        ("username,email\nanna\n", "line 2: it has 1 fields, and the heading has 2"),
        ("username,name\n,Anna\n", "line 2: there is neither a username nor an email address"),
        ("username,roles\nanna,1st\n", "line 2: \"1st\" is no role"),
        ("{\"username\": \"anna\"}\n{\"username\": \n", "line 2: it is no JSON as expected"),
        ("{\"username\": \"anna\"}\n{\"username\": {}}\n", "line 2: username is an object or a list"),
        ("{\"anna\": 5}", "line 1: what belongs to \"anna\" is neither an object nor a text"),
        ("{\"anna\": {}, \n", "line 2: it is no JSON as expected: EOF"),
        ("nothing,else\n1,2\n", "no column tells the username or the email. There are: nothing, else."),
        ("username\n", "there are no accounts in it"),
        ("", "there are no accounts in it"),
        ("username,password\nanna,5f4dcc3b5aa765d61d8327deb882cf99\n", "line 2: the password hash is unsalted MD5"),
    ] {
        let failed = server.import(text, &[]);
        assert_eq!(failed.code, 1, "{text}: {failed:?}");
        assert!(failed.stderr.contains(said), "{text}: {failed:?}");
        assert!(server.usernames().is_empty() && server.nothing_is_staged(), "{text}");
    }
    std::fs::write(server.folder().join("latin.csv"), b"username,name\nzoe,Zo\xEB\n").unwrap();
    let latin = server.cli(&["user", "import", "latin.csv"]);
    assert!(latin.stderr.contains("line 2: it is not in UTF-8: convert the file first"), "{latin:?}");
    let missing = server.cli(&["user", "import", "nowhere.csv"]);
    assert_eq!((missing.code, missing.stderr.contains("nowhere.csv can't be read")), (1, true));
}

#[test]
fn a_quote_that_is_not_closed_does_not_swallow_the_memory() {
    let server = Server::migrated();
    let text = format!("username,name\nanna,\"Anna\n{}", "ben,Ben\n".repeat(300_000));
    let failed = server.import(&text, &[]);
    assert_eq!(failed.code, 1);
    assert!(failed.stderr.contains("line 2: a row has more than 1 MiB"), "{}", failed.stderr);
}

#[test]
fn a_trial_tells_all_and_imports_nothing() {
    let server = Server::prepare().and_seed();
    let text = format!("username,password_hash\nanna,{ROY}\nroy,\n");
    let tried = server.import(&text, &["--dry-run", "--on-conflict", "skip"]);
    assert_eq!((tried.code, tried.stdout.as_str()), (0, ""));
    for line in [
        "line 3: roy belongs to the account roy already",
        "It would import 1 account from users.txt.",
        "Left out 1 row: 0 wrong, 1 whose account exists.",
        "Password hashes: 1 Werkzeug PBKDF2-SHA256.",
        "This was a trial: nothing was imported.",
    ] {
        assert!(tried.stderr.contains(line), "{line}: {}", tried.stderr);
    }
    assert_eq!(server.usernames(), ["admin", "jumpiness", "python", "roy"]);
    assert!(server.nothing_is_staged());
    assert!(!server.audit().iter().any(|event| event.starts_with("users.imported")));
}
