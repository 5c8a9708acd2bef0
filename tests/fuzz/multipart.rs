//! Forms in parts.

use vestibule::http::body::multipart::{self, Part};

use crate::{inputs, run};

const SAMPLES: &[&str] = &[
    "--x\r\nContent-Disposition: form-data; name=\"login\"\r\n\r\nroy\r\n--x--\r\n",
    "--x\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n\r\n\
     --x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\n\r\n1\r\n--x--",
];
const PIECES: &[&str] = &[
    "\r\n",
    "\n",
    "\r\n\r\n",
    "--",
    "--x",
    "\r\n--x",
    "--x--",
    "x",
    "Content-Disposition: ",
    "form-data",
    "; name=",
    "; name*=utf-8''%C3%BC",
    "; filename=",
    "\"",
    "\\\"",
    "Content-Type: text/plain",
    ":",
    "%22",
];

/// A boundary that no text has in it which is made up here.
const BOUNDARY: &str = "written-again-7c9fa0d1";

#[test]
fn a_body_that_is_understood_means_the_same_when_it_is_written_again() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let parse = |boundary: &str, body: Vec<u8>| {
        let content_type = format!("multipart/form-data; boundary={boundary}");
        runtime.block_on(multipart::parse(&content_type, body))
    };
    run::fuzz(inputs::bytes(SAMPLES, PIECES), |body| {
        let Some(parts) = parse("x", body) else { return };
        // What can't stand in quotes as it is has more than one spelling.
        let is_plain = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !parts.iter().all(|(name, _)| is_plain(name)) {
            return;
        }
        let mut written = String::new();
        for (name, part) in &parts {
            let (file, text) = match part {
                Part::Text(text) => ("", text.as_str()),
                Part::File => ("; filename=\"f\"", ""),
            };
            let disposition = format!("Content-Disposition: form-data; name=\"{name}\"{file}");
            written += &format!("--{BOUNDARY}\r\n{disposition}\r\n\r\n{text}\r\n");
        }
        written += &format!("--{BOUNDARY}--\r\n");
        let again = parse(BOUNDARY, written.into_bytes());
        // A form without a part has nothing between its boundaries, which is no form.
        assert_eq!(again.unwrap_or_default(), parts);
    });
}
