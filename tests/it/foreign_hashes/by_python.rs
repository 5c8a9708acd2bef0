//! Accounts from passlib, Werkzeug and Django: these libraries make the hashes here, with low costs.

use super::{PASSWORD, each_moves_in};
use crate::support::python;

/// Runs Python with the password as `text`, and answers the hashes that it printed.
fn hashes(script: &str) -> Vec<String> {
    let script = format!("import sys\ntext = sys.stdin.buffer.read().decode()\n{script}");
    python::run(&script, PASSWORD).lines().map(str::to_owned).collect()
}

#[test]
fn accounts_of_passlib_move_in() {
    let made = hashes(
        "from passlib import hash as h\n\
         for scheme in [\n\
             h.pbkdf2_sha1.using(rounds=10), h.pbkdf2_sha256.using(rounds=10), h.pbkdf2_sha512.using(rounds=10),\n\
             h.scrypt.using(rounds=4), h.bcrypt.using(rounds=4), h.bcrypt_sha256.using(rounds=4, version=1),\n\
             h.argon2.using(rounds=1, memory_cost=64, parallelism=2),\n\
             h.sha256_crypt.using(rounds=1000), h.sha256_crypt.using(rounds=5000),\n\
             h.sha512_crypt.using(rounds=1000), h.sha512_crypt.using(rounds=5000),\n\
             h.phpass.using(rounds=8), h.phpass.using(rounds=8, ident='H'), h.apr_md5_crypt, h.md5_crypt,\n\
             h.ldap_salted_sha1, h.ldap_salted_sha256, h.ldap_salted_sha512, h.ldap_salted_md5,\n\
             h.ldap_sha512_crypt.using(rounds=1000), h.ldap_bcrypt.using(rounds=4),\n\
             h.django_pbkdf2_sha256.using(rounds=10), h.django_salted_sha1, h.django_salted_md5,\n\
         ]: print(scheme.hash(text))",
    );
    assert_eq!(made.len(), 24);
    each_moves_in(&made);
}

#[test]
fn accounts_of_werkzeug_move_in() {
    let made = hashes(
        "from werkzeug.security import generate_password_hash\n\
         for method in ['pbkdf2:sha1:10', 'pbkdf2:sha256:10', 'pbkdf2:sha512:10', 'scrypt:256:8:1', 'scrypt']:\n\
         \x20   print(generate_password_hash(text, method))",
    );
    assert!(made.len() == 5 && made[4].starts_with("scrypt:32768:8:1$"), "{made:?}");
    each_moves_in(&made);
}

#[test]
fn accounts_of_django_move_in() {
    let made = hashes(
        "from django.conf import settings\n\
         settings.configure()\n\
         from django.contrib.auth.hashers import *\n\
         class Argon2(Argon2PasswordHasher): time_cost, memory_cost, parallelism = 1, 64, 2\n\
         class Bcrypt(BCryptPasswordHasher): rounds = 4\n\
         class BcryptSha256(BCryptSHA256PasswordHasher): rounds = 4\n\
         class Scrypt(ScryptPasswordHasher): work_factor = 256\n\
         class Pbkdf2(PBKDF2PasswordHasher): iterations = 10\n\
         class Pbkdf2Sha1(PBKDF2SHA1PasswordHasher): iterations = 10\n\
         for scheme in [Pbkdf2, Pbkdf2Sha1, Argon2, Bcrypt, BcryptSha256, Scrypt, MD5PasswordHasher]:\n\
         \x20   print(scheme().encode(text, scheme().salt()))",
    );
    assert_eq!(made.len(), 7);
    each_moves_in(&made);
}
