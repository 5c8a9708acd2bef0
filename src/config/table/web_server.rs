//! Settings of Rocket that do something here. It takes others, which `known.rs` refuses.

use super::kind::Kind;
use super::section::Group;
use super::setting::{Preset, Setting, number, switch, unset, word};

/// The cipher suites that Rocket knows.
const CIPHERS: &[&str] = &[
    "TLS_AES_256_GCM_SHA384",
    "TLS_AES_128_GCM_SHA256",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
];

/// The signals that Rocket knows.
const SIGNALS: &[&str] = &["term", "int", "hup", "quit", "usr1", "usr2", "alrm", "chld", "io", "pipe"];

pub(super) const SETTINGS: &[Group] = &[
    Group {
        title: "Listening",
        note: "",
        settings: &[
            unlike(Kind::Ip, "address", Preset::Text("127.0.0.1"))
                .says("The address to listen on. Any address but loopback needs `public_url`."),
            number("port", 0..=65_535, 8000).says("The port to listen on. 0 takes any free port."),
            number("keep_alive", 0..=86_400, 5)
                .says("Seconds to keep a connection open for the next request. 0 closes it after each response."),
        ],
    },
    Group {
        title: "The secret key",
        note: "The environment is safer than a file that others can read: set VESTIBULE_SECRET_KEY, or set \
               VESTIBULE_SECRET_KEY_FILE to the path of a file with mode 600.",
        settings: &[unset("secret_key", Kind::Secret(SECRET_KEY), "\"…\"")
            .says("64 bytes in base64 that encrypt cookies. Unset: made at the first start and kept in `data_dir`.")],
    },
    Group {
        title: "The process",
        note: "Audit lines are logged at every `log_level` except off. The server never waits for whoever reads \
               its log: once 1 MiB is unread, lines are dropped, and a later line says how many.",
        settings: &[
            word("log_level", &["critical", "normal", "debug", "off"], "normal").says(
                "What goes to stderr: warnings (critical), events too (normal), requests too (debug) or nothing (off).",
            ),
            unset("workers", Kind::Number(1..=10_000), "2")
                .says("Threads that serve requests. Unset: one per processor core."),
            number("max_blocking", 1..=100_000, 512)
                .says("Maximum number of threads for blocking work, such as database queries."),
            unset("temp_dir", Kind::Folder, "\"/tmp\"").says("Where uploads would be stored. Vestibule accepts none."),
        ],
    },
];

pub(super) const SHUTDOWN: &[Group] = &[Group {
    title: "Stopping the server",
    note: "",
    settings: &[
        number("grace", 0..=86_400, 10).says("Seconds that running requests have to finish."),
        number("mercy", 0..=86_400, 3).says("Seconds that connections then have to close."),
        switch("ctrlc", true).says("Whether Ctrl-C stops the server."),
        unlike(Kind::Words(SIGNALS), "signals", Preset::List(&["term"])).says("The signals that stop the server."),
        switch("force", true).says("Whether the server exits even if something is still running after that."),
    ],
}];

pub(super) const TLS: &[Group] = &[Group {
    title: "https without a proxy",
    note: "",
    settings: &[
        unset("certs", Kind::File, "\"cert.pem\"").says("The certificate chain, in PEM."),
        unset("key", Kind::File, "\"key.pem\"").says("The private key of the certificate, in PEM."),
        unset("ciphers", Kind::Words(CIPHERS), "[\"TLS_AES_256_GCM_SHA384\"]")
            .says("The cipher suites to offer. Unset: all of them."),
        switch("prefer_server_cipher_order", false)
            .says("Whether the server's order of cipher suites wins over the client's."),
    ],
}];

/// What a secret key has to be.
const SECRET_KEY: &str = "64 bytes in base64, as `openssl rand -base64 64 | tr -d '\\n'` prints them";

/// A row of a kind that is rare.
const fn unlike(kind: Kind, key: &'static str, preset: Preset) -> Setting {
    Setting::new(key, kind, preset)
}
