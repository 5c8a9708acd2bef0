//! The pauses that a mail server gets which wants fewer letters or can't be used, and what the log says about them.

use crate::support::{MailServer, Server, wait_for};

#[test]
fn a_mail_server_that_wants_fewer_letters_is_given_a_pause() {
    for (name, tried, connections) in [("later", 5, 1), ("closes", 2, 2)] {
        let mail = MailServer::start();
        let mut server = Server::prepare().mailing(&mail);
        assert_eq!(server.cli(&["migrate"]).code, 0);
        for nth in 0..8 {
            server.add_with_address(&format!("{name}{nth}"));
            server.set_password(&format!("{name}{nth}"));
        }
        server.start(&["serve"]);
        wait_for("the pause", || server.stderr().contains("mail waits, because the mail server").then_some(()));
        server.let_a_second_pass();
        assert_eq!((mail.refusals(), mail.connections()), (tried, connections), "{name}: {}", server.stderr());
        assert_eq!(server.queued().len(), 8, "{name}: they wait");
        wait_for("the next one", || (mail.refusals() > tried).then_some(()));
    }
}
