//! Which program's format a stored hash is of, or why it can't be verified. Nothing is computed for the answer.

use super::bcrypt_sha256::Stored;
use super::foreign::Foreign;
use super::format::{Format, Unusable};

/// Which format a stored hash is of.
///
/// # Errors
/// When no password can be compared with it: it is of no known format, not whole, asks for an absurd amount of work, or
/// is unsalted.
pub fn identify(stored: &str) -> Result<Format, Unusable> {
    match (Stored::of_any_cost(stored), Format::beginning(stored)) {
        (Some(_), Some(format)) if Stored::parse(stored).is_some() => Ok(format),
        (Some(_), Some(format)) => Err(Unusable::TooDear(format)),
        _ => Foreign::parse(stored).map(|(format, _)| format),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MD5: &str = "5f4dcc3b5aa765d61d8327deb882cf99";

    fn said(stored: &str) -> String {
        identify(stored).map_or_else(|unusable| unusable.to_string(), |format| format.to_string())
    }

    #[test]
    fn it_is_said_whose_a_hash_is_or_why_it_can_not_be_verified() {
        let own = "$bcrypt-sha256$v=2,t=2b,r=4$g/g4FmLsrfJ.1v4czGDDxu$MtCU0gtfXFyDNjUhiZ2fJbReGV0fL.e";
        let bcrypt = "$2b$04$cg4QMjJmjCDo1RpgssXmheWcJnpMOjDLD3/iF9VfM4HtYT135kFQi";
        for (stored, expected) in [
            (own, "Vestibule bcrypt-SHA256"),
            (&own.replace("r=4", "r=17"), "too much work to check (Vestibule bcrypt-SHA256)"),
            (&own.replace("r=4", "r=3"), "damaged or cut short (Vestibule bcrypt-SHA256)"),
            (&own[..80], "damaged or cut short (Vestibule bcrypt-SHA256)"),
            (&own.replace("sha256", "sha256-of-md5"), "MD5 wrapped in bcrypt"),
            (bcrypt, "bcrypt"),
            (&format!("bcrypt${bcrypt}"), "Django bcrypt"),
            (&format!("$wp{bcrypt}"), "WordPress bcrypt"),
            (&bcrypt.replace("04", "31"), "too much work to check (bcrypt)"),
            (&format!("{{CRYPT}}{bcrypt}"), "bcrypt"),
            ("{crypt}$2b$04$", "damaged or cut short (bcrypt)"),
            ("scrypt:99999999999:8:1$salt$00", "damaged or cut short (Werkzeug scrypt)"),
            (
                "$argon2id$v=19$m=4000000000,t=1,p=1$c29tZXNhbHQ$d4qCdYG3FMxiFbl8Y/aviw",
                "too much work to check (Argon2)",
            ),
            ("$6$rounds=999999999$salt$", "damaged or cut short (SHA-512 crypt)"),
            ("{ssha}", "damaged or cut short (LDAP salted SHA-1)"),
            ("sha1$seasalt$cff36ea83f5706ce9aa7454e63e431fc726b2dc8", "salted SHA-1 (Werkzeug, Django)"),
            (MD5, "unsalted MD5"),
            (&format!("md5$${MD5}"), "unsalted MD5"),
            ("!", "of an unknown kind"),
            ("", "of an unknown kind"),
            ("secret", "of an unknown kind"),
        ] {
            assert_eq!(said(stored), expected, "{stored}");
        }
    }
}
