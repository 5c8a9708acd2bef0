//! Accounts from programs that are not installed here: how each hash was made is said beside it.

use super::{PASSWORD, each_moves_in, is_in, moves_in, store, stored};
use crate::support::Server;

#[test]
fn accounts_of_php_and_wordpress_move_in() {
    each_moves_in(&[
        // PHP 8.2.36: `password_hash($password, PASSWORD_BCRYPT, ['cost' => 4])`
        "$2y$04$R55z5un5jxemjDF59xN0ceDOHSjHM5h6s4sV8ff18yfENtC6kCTFO",
        // `password_hash($password, PASSWORD_ARGON2I, ['memory_cost' => 64, 'time_cost' => 1, 'threads' => 1])`
        "$argon2i$v=19$m=64,t=1,p=1$eHNObE9XOVh4OGouTFBUOA$52mwC2+/K7UcSqZCJ68TsrhyNh/CjIddjxz3uFfyDrs",
        // The same with PASSWORD_ARGON2ID and `'time_cost' => 2`
        "$argon2id$v=19$m=64,t=2,p=1$MW9GS1EzbmttSndCVENzNw$nI3F5XdiQZ8Hpo1B4yB0D8VETZPS7mUIM0GqqxMQDz8",
        // What `wp_hash_password` of WordPress 6.8 does, with `'cost' => 4`
        "$wp$2y$04$wWQkS9x.xnnc24XHvdBgr.Gn3ZBqKmAoa6t9k1OSmD1YUuVAhgque",
        // What `HashPassword` of WordPress 6.7's class-phpass.php does
        "$P$BXArOLz5ajIGBefCDWDioqsYa/6WHR.",
    ]);
}

#[test]
fn what_wordpress_made_of_a_quote_does_not_keep_its_owner_out() {
    let (typed, server) = ("it's \"new\"", Server::seeded());
    // As above, of `addslashes($password)`, which is what its forms hash, and without.
    moves_in(&server, "roy", typed, "$wp$2y$04$ThZ6ioaEERGYBjkdkNu.xONDmF31hzsKNAqg1X0dNwXd/LgnrN1wi");
    moves_in(&server, "python", typed, "$wp$2y$04$gwVpUxF6mINnWVlaKwfPM.GbfqMluAMX68d.BSzqgOU3SVnOUGELu");
    moves_in(&server, "jumpiness", typed, "$P$B7hrKKgWQFiX.kKxCuRGtCp22sLWOX/");
}

#[test]
fn accounts_of_openldap_move_in() {
    each_moves_in(&[
        // OpenLDAP 2.5.13: `slappasswd -h '{SSHA}'`, and with `-o module-load=pw-sha2` the next two
        "{SSHA}pkdSu3EP0S/55FFN8rmiPjt+m7BTL0xN",
        "{SSHA256}OxZYSVTXpmnaMh4mZRGW6QBQOwZRv4ig8EIgR7U9YfhtVnOBOj9fcQ==",
        "{SSHA512}+lSyCaUmVMvGz90cLL6cUIE3snvL1IUi45Osm/fbSFMpdPV2oEQzMv/c/fZoTbejqiHF9VzVTvtqXQm71Hy2vbNb1zPjTx/K",
        // `slappasswd -h '{CRYPT}' -c '$6$rounds=1000$%.8s'`
        "{CRYPT}$6$rounds=1000$n7bsfwvk$y3wi2b9DUX1tqxMUWPWNEPkIRy0migFxZhVgKOQxWTGQ9GQaW0bCoZ0dNEFj./b4GREbYx7lIfo7k7bsnl6IL/",
    ]);
}

#[test]
fn accounts_of_old_werkzeug_and_django_move_in() {
    each_moves_in(&[
        // Werkzeug 0.16.1: `generate_password_hash(password, "sha1")`; 2.2.3: the same, "sha256" and "sha512"
        "sha1$khrpERey$24dd67f5ac8d295a9a1fbfcf2a09554919d83de5",
        "sha1$K8UkaL6iaWOPOnXL$dd04b52e995da97821378037cefde069635c7aa2",
        "sha256$3VP2OBgxunwvEN0Z$3083cb12bdcf853df81c398ae0336d94b708ddb4ab5c911fa4424ac5e96e8dbe",
        "sha512$AsdxHPCCp6NqIHUc$7965dcf7dffd191b7eef781ee3eab758893d698d99304752120b70c0de8d71047bbe4442c41797873e595ae73a80f69e9541ffa5c5ad85aa932728c73cb4dadf",
        // Django 4.2.20: `SHA1PasswordHasher().encode(password, "seasalt")`
        "sha1$seasalt$6e695002c55bdb68e3c7dc22ae62c366665a38da",
    ]);
}

#[test]
fn an_unsalted_digest_lets_nobody_in_unless_it_is_wrapped() {
    let server = Server::seeded();
    // `printf 'Grüße, Zoë' | md5sum`
    let digest = "a3ab10826ed2ea6fe3def8ccaeab8cf6";
    store(&server, "roy", digest);
    assert!(!is_in(&server.client().log_in("roy", PASSWORD)));
    assert_eq!(stored(&server, "roy"), digest);
    // passlib 1.7.4: `bcrypt_sha256.using(rounds=4).hash(digest)`, with the name of the function in front.
    moves_in(
        &server,
        "python",
        PASSWORD,
        "$bcrypt-sha256-of-md5$v=2,t=2b,r=4$ZcCw8nHcorFXqbMTJtdk5.$UPhzD2skRyriJ.ZD4ccN/jzToQxdzEe",
    );
}
