//! What a thief of the database gets: nothing that works as a cookie.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rocket::http::{Cookie, CookieJar, Status};
use rocket::{get, routes};
use sha2::{Digest, Sha256};

use crate::support::{Server, in_process};

/// Puts any text into a private session cookie.
#[get("/encrypt?<text>")]
fn encrypt(text: &str, jar: &CookieJar<'_>) -> Status {
    jar.add_private(Cookie::new("session", text.to_owned()));
    Status::NoContent
}

/// What a private session cookie holds.
#[get("/decrypt")]
fn decrypt(jar: &CookieJar<'_>) -> String {
    jar.get_private("session").map(|cookie| cookie.value().to_owned()).unwrap_or_default()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// All that the server keeps on the disk, the key and the write-ahead log included; and what it has in PostgreSQL.
fn disk(server: &Server) -> Vec<u8> {
    let files = std::fs::read_dir(server.folder().join("data")).unwrap().map(|file| file.unwrap().path());
    let mut all: Vec<u8> = files.filter(|path| path.is_file()).flat_map(|path| std::fs::read(path).unwrap()).collect();
    if server.postgres().is_some() {
        all.extend(server.all_values().join("\n").into_bytes());
    }
    all
}

fn holds(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

#[test]
fn nothing_in_the_database_works_as_a_cookie() {
    let server = Server::seeded();
    let mut browser = server.admin();
    browser.log_in("admin", "wrong");
    let key = std::fs::read_to_string(server.folder().join("data/secret_key")).unwrap();
    for text in server.all_values() {
        let encoded: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
        let padded = STANDARD.encode(&text);
        let unpadded = URL_SAFE_NO_PAD.encode(&text);
        for value in [&text.replace(['\n', '\r'], ""), &encoded, &padded, &unpadded, &format!("\"{encoded}\"")] {
            let mut thief = server.client().with("Cookie", &format!("session={value}"));
            assert!(!thief.is_signed_in(), "{text:?} as {value:?}");
        }
    }
    assert!(!server.client().with("Cookie", &format!("session={}", key.trim())).is_signed_in());
    assert!(browser.is_signed_in());
}

#[test]
fn even_with_the_key_nothing_in_the_database_opens_a_session() {
    let server = Server::seeded();
    let browser = server.admin();
    let (rocket, _) = in_process::beside(&server);
    let forge = in_process::client(rocket.mount("/", routes![encrypt, decrypt]));

    let own = forge.get("/decrypt").cookie(("session", percent_decoded(&browser.jar["session"])));
    let token = in_process::send(own).into_string().unwrap();
    let bytes = URL_SAFE_NO_PAD.decode(&token).expect("a token");
    assert_eq!(bytes.len(), 32, "256 bits");

    let mut texts = server.all_values();
    let digests = server.sql("SELECT token_hash FROM sessions");
    assert_eq!(digests, [hex(&Sha256::digest(&bytes))], "the table holds SHA-256 of the token");
    let digest_bytes: [u8; 32] = Sha256::digest(&bytes).into();
    texts.push(URL_SAFE_NO_PAD.encode(digest_bytes));
    texts.push(String::new());
    let forged = |text: &str| {
        let query: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
        let answer = in_process::send(forge.get(format!("/encrypt?text={query}")));
        let cookie = answer.headers().get("set-cookie").last().unwrap().split(';').next().unwrap().to_owned();
        server.client().with("Cookie", &cookie).is_signed_in()
    };
    assert!(forged(&token), "the forge works: the token itself opens the session");
    for text in texts {
        assert!(!forged(&text), "{text:?}");
    }

    let disk = disk(&server);
    assert!(holds(&disk, digests[0].as_bytes()), "the disk is read");
    for trace in [token.as_bytes(), &bytes, hex(&bytes).as_bytes(), STANDARD.encode(&bytes).as_bytes()] {
        assert!(!holds(&disk, trace), "the token is on the disk");
    }
    assert!(!holds(&disk, browser.jar["session"].as_bytes()), "the cookie is on the disk");
    assert!(!server.stderr().contains(&token), "the token is in the log");
}

fn percent_decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8().unwrap().into_owned()
}
