//! JSON bodies, and forms where a call takes either: read by a call that needs one field and knows no other.

use proptest::prelude::*;
use rocket::http::ContentType;
use serde_json::Value;

use crate::support::in_process;
use crate::{inputs, run};

const SAMPLES: &[&str] = &[
    r#"{"refresh_token":"x"}"#,
    r#"{"refresh_token":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}"#,
    r#"{"refresh_token":"x","refresh_token":"y"}"#,
    r#"{"refresh_token":{"a":[1,2.5e3,true,null]},"b":"\u00fc\ud83d\ude00"}"#,
    r#"[{"refresh_token":"x"}]"#,
    "refresh_token=x&a=b",
];
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    "\\",
    "\\u0000",
    "\\ud800",
    "\\\"",
    "\"refresh_token\":",
    "\"a\":",
    "null",
    "true",
    "1e400",
    "-0",
    "1e-400",
    "123456789012345678901234567890",
    "NaN",
    "\u{FEFF}",
    " ",
    "refresh_token=",
    "&",
];

#[test]
fn a_body_is_malformed_or_invalid_or_understood_and_never_the_servers_fault() {
    let (rocket, _folder) = in_process::seeded();
    let client = in_process::client(rocket);
    run::fuzz((inputs::bytes(SAMPLES, PIECES), any::<bool>()), |(body, form)| {
        let content_type = if form { ContentType::Form } else { ContentType::JSON };
        let request = client.post("/api/v1/tokens/refresh").header(content_type).body(&body);
        let answer = in_process::send(request);
        let status = answer.status().code;
        let said = answer.into_string().unwrap_or_default();
        let problem: Value = serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}: {said}"));
        assert_eq!(problem["status"], status, "{said}");
        assert!(said.len() < 4096, "little of what was sent comes back: {}", said.len());
        assert!([400, 401, 413, 422].contains(&status), "{status}: {said}");
        assert_eq!(status == 413, body.len() > 16 * 1024, "{status}: {}", body.len());
        if form || status == 413 {
            return;
        }
        // A key that comes twice is one to serde_json.
        match serde_json::from_slice(&body) {
            Ok(Value::Object(fields)) => {
                let token = fields.get("refresh_token").and_then(Value::as_str);
                let complete = fields.len() == 1 && token.is_some_and(|token| !token.is_empty());
                assert!(if complete { status != 400 } else { status == 422 }, "{status}: {fields:?}");
            }
            _ => assert_eq!(status, 400),
        }
    });
}
