//! Where a PostgreSQL server is, as libpq takes it: `postgres://user:password@host:port/database?option=value`.

use std::fmt;

/// What libpq is told unless the address says something else: a connection comes about within two seconds for each host,
/// and one whose other end is gone is noticed within some seconds.
const UNLESS_SAID: &[(&str, &str)] = &[
    ("application_name", "vestibule"),
    ("connect_timeout", "2"),
    ("keepalives_idle", "5"),
    ("keepalives_interval", "2"),
    ("keepalives_count", "2"),
    ("tcp_user_timeout", "5000"),
];

/// The schemes that libpq knows.
const SCHEMES: [&str; 2] = ["postgres://", "postgresql://"];

/// The address of a PostgreSQL database. It may hold a password, which is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct PostgresUrl {
    /// Behind the scheme: user, password, hosts, and the database.
    place: String,
    /// Options of libpq, such as `sslmode=verify-full`.
    options: String,
}

impl PostgresUrl {
    /// Whether a text begins like one.
    pub(in crate::db) fn is_meant(text: &str) -> bool {
        SCHEMES.iter().any(|scheme| text.starts_with(scheme))
    }

    /// Reads one; none when it names no database, or when libpq would not take it: its complaint about what it can't
    /// read repeats that, and it may be a part of a password with a character that has to be written as `%40`.
    pub(in crate::db) fn parse(text: &str) -> Option<PostgresUrl> {
        let place = SCHEMES.iter().find_map(|scheme| text.strip_prefix(scheme))?;
        let (place, options) = place.split_once('?').unwrap_or((place, ""));
        let (authority, database) = place.split_once('/')?;
        let hosts = authority.split_once('@').map_or(authority, |(_, hosts)| hosts);
        let is_fine = !database.is_empty()
            && !database.contains(['/', '@'])
            && hosts.split(',').all(is_host)
            && options.split('&').all(|option| option.is_empty() || is_option(option))
            && !text.contains(|c: char| c.is_control() || c.is_whitespace())
            && text.split('%').skip(1).all(is_encoded);
        is_fine.then(|| PostgresUrl { place: place.to_owned(), options: options.to_owned() })
    }

    /// As libpq takes it.
    pub(in crate::db) fn for_libpq(&self) -> String {
        let is_said = |name: &str| self.options.split('&').any(|option| option.split('=').next() == Some(name));
        let mut options: Vec<String> = self.options.split('&').filter(|o| !o.is_empty()).map(str::to_owned).collect();
        let missing = UNLESS_SAID.iter().filter(|(name, _)| !is_said(name));
        options.extend(missing.map(|(name, value)| format!("{name}={value}")));
        // Of several hosts it is the one that takes writes.
        if self.hosts().contains(',') && !is_said("target_session_attrs") {
            options.push("target_session_attrs=read-write".to_owned());
        }
        format!("postgres://{}?{}", self.place, options.join("&"))
    }

    fn hosts(&self) -> &str {
        let authority = self.place.split('/').next().unwrap_or_default();
        authority.rsplit('@').next().unwrap_or_default()
    }
}

/// Whether this is a name or an address, and behind a colon perhaps a port.
fn is_host(text: &str) -> bool {
    let (host, port) = match text.strip_prefix('[') {
        None => text.split_once(':').unwrap_or((text, "")),
        Some(address) => match address.split_once(']') {
            Some((address, "")) if !address.is_empty() => (address, ""),
            Some((address, port)) if !address.is_empty() && port.starts_with(':') => (address, &port[1..]),
            _ => return false,
        },
    };
    !host.contains('@') && (port.is_empty() || port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok())
}

/// Whether this is a name and a value.
fn is_option(text: &str) -> bool {
    let (name, value) = text.split_once('=').unwrap_or_default();
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') && !value.contains('=')
}

/// Whether what stands behind a percent sign begins with the number of a byte, and not that of NUL.
fn is_encoded(text: &str) -> bool {
    text.get(..2).is_some_and(|hex| hex != "00" && hex.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// For messages: without the password, and without options, which may hold one too.
impl fmt::Display for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (authority, database) = self.place.split_once('/').unwrap_or((&self.place, ""));
        let user = authority.rsplit_once('@').map(|(user, _)| user.split(':').next().unwrap_or_default());
        let user = user.map(|user| format!("{user}@")).unwrap_or_default();
        write!(f, "postgres://{user}{}/{database}", self.hosts())
    }
}

impl fmt::Debug for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_a_password_nor_an_option_is_shown() {
        for (text, shown) in [
            ("postgres://db/vestibule", "postgres://db/vestibule"),
            ("postgresql://anna:s3cr%40t:x@db:5433/v?sslmode=verify-full&password=s3cr", "postgres://anna@db:5433/v"),
            ("postgres://anna@a,b:5433/v", "postgres://anna@a,b:5433/v"),
            ("postgres:///v?host=/run/postgresql", "postgres:///v"),
        ] {
            let url = PostgresUrl::parse(text).unwrap();
            assert_eq!((url.to_string(), format!("{url:?}")), (shown.to_owned(), shown.to_owned()));
        }
    }

    #[test]
    fn what_the_address_says_counts_and_the_rest_is_bounded() {
        let plain = PostgresUrl::parse("postgres://db/v").unwrap().for_libpq();
        assert!(plain.starts_with("postgres://db/v?") && plain.contains("connect_timeout=2&"), "{plain}");
        assert!(!plain.contains("target_session_attrs"), "{plain}");
        let own = PostgresUrl::parse("postgres://a,b/v?connect_timeout=9&sslmode=require").unwrap().for_libpq();
        assert!(own.contains("connect_timeout=9") && !own.contains("connect_timeout=2"), "{own}");
        assert!(own.contains("sslmode=require") && own.ends_with("target_session_attrs=read-write"), "{own}");
    }

    #[test]
    fn what_libpq_would_complain_of_with_a_part_of_the_password_is_refused() {
        for bad in [
            "postgres://anna:s3cr%t@db/v",
            "postgres://anna:s3cr%@db/v",
            "postgres://anna:s3cr%00t@db/v",
            "postgres://anna:s3cr@t@db/v",
            "postgres://anna:s3cr/t@db",
            "postgres://anna:12/s3cr@db",
            "postgres://anna:s3cr/t",
            "postgres://anna:s3cr/t?x@db/v",
            "postgres://anna:12/t?s3cr@db/v",
            "postgres://anna:s3cr t@db/v",
            "postgres://anna:s3cr@[db/v",
            "postgres://anna:s3cr@[::1]x/v",
            "postgres://anna:s3cr@db:70000/v",
            "postgres://db/v?password=s3cr=t",
        ] {
            assert_eq!(PostgresUrl::parse(bad), None, "{bad}");
        }
        for fine in ["postgres://anna:s3%2Fcr%25@[::1]:5433/v", "postgres://a:1,[::1],c/v?sslmode=disable&"] {
            assert!(PostgresUrl::parse(fine).is_some(), "{fine}");
        }
    }

    #[test]
    fn an_address_without_a_database_is_none() {
        for bad in ["postgres://", "postgres://db", "postgres://db/", "postgres://db/?sslmode=require", "mysql://db/v"]
        {
            assert_eq!(PostgresUrl::parse(bad), None, "{bad}");
        }
    }
}
