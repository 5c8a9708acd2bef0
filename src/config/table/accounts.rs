//! Sign-up, email addresses, passwords and todos.

use super::kind::Kind;
use super::section::Group;
use super::setting::{list, number, switch, unset, word};
use crate::config::HelpText;

pub(super) const SIGN_UP: Group = Group {
    title: "Sign-up and email addresses",
    note: "Each hourly limit may be used up in one go; after that the allowance comes back one at a time, \
               spread over the hour. A network is an IPv4 address or an IPv6 /64. A refused change of email address \
               counts too, because the answer reveals whether another account uses the address. Changes by admins \
               don't count. An invitation (`vestibule invite create`) works whatever `registration` says, asks for no \
               captcha, and its accounts wait for no approval.",
    settings: &[
        word("registration", &["open", "approval", "invite", "closed"], "closed").says(
            "Who may sign up: anyone (open), whom an admin approves (approval), who is invited (invite), or nobody (closed).",
        ),
        switch("require_email", false).says("Requires an email address for signing up."),
        list("email_domains", "[\"example.com\"]")
            .says("Allows signing up with an email address of these domains only. Empty: with any address, or none."),
        word("captcha", &["suspicious", "always"], "suspicious")
            .says("Who solves a captcha to sign up: everyone (always), or networks that tried it before (suspicious)."),
        number("captcha_after_sign_ups", 1..=100_000, 3)
            .says("With captcha = suspicious: tries at a sign-up per hour that one network makes without one."),
        number("sign_up_seconds", 0..=60, 3)
            .says("A sign-up form that comes sooner after its page was opened is taken for a robot’s. 0 is off."),
        number("network_sign_ups_per_hour", 1..=100_000, 20)
            .says("Accounts that one network may sign up for per hour. A sign-up that fails does not count."),
        number("network_taken_names_per_hour", 1..=100_000, 60)
            .says("Taken usernames and addresses that the sign-up tells one network of per hour."),
        number("email_changes_per_hour", 1..=1000, 5).says("Changes of email address per hour for one account, on each node."),
        number("network_email_changes_per_hour", 1..=100_000, 20)
            .says("Changes of email address per hour from one network."),
    ],
};

pub(super) const PASSWORDS: Group = Group {
    title: "Passwords",
    note: "",
    settings: &[
        number("bcrypt_cost", 4..=16, 12)
            .says("The cost of new password hashes. Each step up doubles the time that a login takes."),
        number("password_min_length", 8..=128, 8).says("The minimum length of a new password, in characters."),
        unset("help_text", Kind::Text(HelpText::MAX), "\"Call the help desk: 555-0100.\"").says(
            "What people read who can’t log in, and at the end of mail: whom to call. Unset: to ask an administrator.",
        ),
    ],
};

pub(super) const DELETION: Group = Group {
    title: "Deleting one's own account",
    note: "",
    settings: &[number("account_deletion_days", 0..=365, 7).says(
        "Days until an account is deleted whose owner asked for it. A login before cancels that. 0: it is deleted at once.",
    )],
};

pub(super) const TASKS: Group = Group {
    title: "Todos",
    note: "",
    settings: &[
        number("public_todos", 0..=100, 0)
            .says("How many of the latest todos strangers can see. Owners are not shown."),
        number("open_todos_per_account", 1..=1_000_000, 1000).says("Maximum number of open todos per account."),
    ],
};
