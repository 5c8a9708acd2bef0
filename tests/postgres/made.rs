//! What makes a new database says so: in the wrong place it would be one that no server reads.

use crate::database;
use crate::support::Server;

#[test]
fn whoever_makes_the_tables_is_told_where() {
    assert!(crate::support::postgres::cluster().is_some(), "run this by scripts/postgres");
    for (arguments, is_first) in [
        (&["seed", "--force"][..], "If your server runs already"),
        (&["user", "add", "anna", "--random"], "If your server runs already"),
        (&["migrate"], "is now up to date"),
    ] {
        let server = Server::prepare();
        let made = server.cli(arguments);
        let place = format!("since there were none: {}", database(&server).url());
        assert_eq!(made.code, 0, "{made:?}");
        assert!(made.stderr.contains("Made the tables of a new database") && made.stderr.contains(&place), "{made:?}");
        assert!(made.stderr.contains(is_first), "{made:?}");
        let again = server.cli(&["seed", "--force"]);
        assert!(again.code == 0 && !again.stderr.contains("Made the tables"), "only once: {again:?}");
    }
}
