//! The header `Cookie`: a session counts only when the header holds exactly one, spelled as we set it.

use std::cell::RefCell;

use percent_encoding::percent_decode;
use proptest::collection::vec;

use crate::support::Server;
use crate::wire::Wire;
use crate::{inputs, run};

const PIECES: &[&str] = &[
    ";",
    "; ",
    ";;",
    "=",
    "session",
    "session=",
    "; session=",
    "%73ession=",
    "session%20=",
    "Session=",
    "__Host-session=",
    "device=",
    "a=b",
    "\"",
    ",",
    " ",
    "\t",
    "\u{A0}",
    "\u{3000}",
    "%",
    "%00",
    "A",
    "==",
];

#[test]
fn who_sends_anything_but_one_whole_session_is_a_stranger() {
    let server = Server::seeded();
    let jar = server.signed_in("roy", "roy").jar;
    let token = &*String::leak(jar["session"].clone());
    let [alone, last, first] =
        [format!("session={token}"), format!("device=x; session={token}"), format!("session={token}; theme=dark")]
            .map(|header| &*String::leak(header));
    let samples = Vec::leak(vec![alone, last, first]);
    let wire = RefCell::new(Wire::to(server.port));
    let get = |lines: &[Vec<u8>]| {
        let mut head =
            format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAccept: text/html\r\n", server.port).into_bytes();
        for line in lines {
            head.extend([b"Cookie: ", line.as_slice(), b"\r\n"].concat());
        }
        head.extend(b"\r\n");
        wire.borrow_mut().ask(&head).0
    };
    for header in &*samples {
        assert_eq!(get(&[header.as_bytes().to_vec()]), 200, "{header}");
    }
    run::fuzz_process(server.id(), vec(inputs::bytes(samples, PIECES), 1..3), |mut lines| {
        // What ends a line ends the header.
        lines.iter_mut().flatten().filter(|byte| [b'\r', b'\n'].contains(byte)).for_each(|byte| *byte = b' ');
        let status = get(&lines);
        assert!([200, 303, 400, 431].contains(&status), "{status}");
        if status == 200 {
            let pairs: Vec<(&[u8], &[u8])> =
                lines.iter().flat_map(|line| line.split(|byte| *byte == b';')).map(halves).collect();
            let named: Vec<_> = pairs.iter().filter(|(name, _)| is_session(name)).collect();
            let [(name, value)] = named.as_slice() else { panic!("there are {} of them", named.len()) };
            assert_eq!(name.trim_ascii(), b"session", "spelled as we do");
            // Spaces around the value, of whatever script, are not part of it.
            let value = percent_decode(value).decode_utf8_lossy();
            assert_eq!(value.trim(), percent_decode(token.as_bytes()).decode_utf8_lossy(), "the whole of it");
        }
    });
}

fn halves(pair: &[u8]) -> (&[u8], &[u8]) {
    let middle = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
    (&pair[..middle], pair.get(middle + 1..).unwrap_or_default())
}

/// Whether a name passes for the session's once it is decoded and trimmed.
fn is_session(name: &[u8]) -> bool {
    percent_decode(name.trim_ascii()).decode_utf8_lossy().trim() == "session"
}
