//! Mail: which way it goes, from whom, and how much of it.

use super::kind::Kind;
use super::section::Group;
use super::setting::{number, switch, unset, word};

pub(super) const MAIL: Group = Group {
    title: "Mail",
    note: "docs/mail.md has the settings for common providers, and what is sent when. `vestibule mail test ADDRESS` \
               tries them out. In `smtp_url`, smtps:// means TLS from the start (port 465), smtp:// means STARTTLS \
               (port 587), and nothing is sent to a server whose certificate is not valid. For a mail server on the \
               same machine, smtp://localhost:25?tls=none does without. The environment is safer than a file that \
               others can read: set VESTIBULE_SMTP_URL or VESTIBULE_SMTP_PASSWORD, or the path of a file with \
               VESTIBULE_SMTP_URL_FILE or VESTIBULE_SMTP_PASSWORD_FILE.",
    settings: &[
        word("mail_transport", &["off", "smtp", "log"], "off")
            .says("How mail is sent: not at all (off), to the server of `smtp_url` (smtp), or into the log (log)."),
        unset("mail_from", Kind::Mailbox, "\"Example <login@example.com>\"")
            .says("The sender of mail: an address that your mail server lets you send from."),
        unset("smtp_url", Kind::Secret(SMTP_URL), "\"smtps://NAME:PASSWORD@mail.example.com\"")
            .says("The mail server. In the name and password, write @ as %40, / as %2F, and so on."),
        unset("smtp_password", Kind::Secret(PASSWORD), "\"…\"")
            .says("The password, as it is. It takes the place of one in `smtp_url`."),
        unset("smtp_ca", Kind::File, "\"ca.pem\"")
            .says("Certificates of your own authority, in PEM, to trust beside those of the system."),
        switch("allow_insecure_smtp", false)
            .says("Allows tls=none for a mail server that is not on this machine. Mail then travels unencrypted."),
        number("mail_notices_per_hour", 1..=1000, 10)
            .says("Notices per hour about an account that one address gets, such as that a password was changed."),
        number("reset_mails_in_10_minutes", 1..=1000, 5).says(
            "Links by mail in ten minutes to an account and to an address, for a password or a sign-up. Then one in ten minutes.",
        ),
        number("reset_mails_per_day", 1..=10_000, 20).says("The same within 24 hours. Then one an hour."),
        number("network_resets_in_10_minutes", 1..=100_000, 5)
            .says("Requests for such a link that one network may make in ten minutes."),
    ],
};

/// What the address of a mail server has to be.
const SMTP_URL: &str = "smtps://NAME:PASSWORD@HOST (TLS) or smtp://NAME:PASSWORD@HOST (STARTTLS), with special characters of the \
     name and password in percent-encoding, or without a name for a server that wants none";

/// What a password has to be.
const PASSWORD: &str = "the password of the user in `smtp_url`, as text";
