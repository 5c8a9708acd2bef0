//! What becomes of the letters about an account that is removed.

use crate::support::{MailServer, Server, wait_for};

#[test]
fn what_can_t_be_delivered_about_a_removed_account_is_not_kept() {
    let mail = MailServer::start();
    let mut server = Server::prepare().mailing(&mail);
    assert_eq!(server.cli(&["migrate"]).code, 0);
    server.add_with_address("nobody");
    server.set_password("nobody");
    assert_eq!(server.cli(&["user", "delete", "nobody", "--yes"]).code, 0);
    assert_eq!(server.queued().len(), 1, "it may tell of just that");
    server.start(&["serve"]);
    wait_for("the audit", || server.audit().iter().any(|event| event.starts_with("mail.given_up")).then_some(()));
    assert_eq!(server.sql("SELECT count(*) FROM mail_queue"), ["0"]);
}

#[test]
fn a_rejected_account_leaves_no_letter_behind() {
    let mail = MailServer::start();
    let server = Server::prepare().mailing(&mail).and_start();
    server.add_with_address("nobody");
    server.set_password("nobody");
    let given_up = "SELECT count(*) FROM mail_queue WHERE given_up_at IS NOT NULL";
    wait_for("it to be given up", || (server.sql(given_up) == ["1"]).then_some(()));
    server.execute("UPDATE users SET waits_for = 'approval' WHERE username = 'nobody'");
    let rejected = server.cli(&["user", "reject", "nobody"]);
    assert_eq!(rejected.code, 0, "{rejected:?}");
    assert_eq!(server.sql("SELECT count(*) FROM mail_queue"), ["0"]);
}
