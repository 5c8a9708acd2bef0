//! `smtp_url`: the server that takes our mail, how the connection is encrypted, and the login there.

use std::fmt;
use std::str::FromStr;

use percent_encoding::percent_decode_str;
use url::{Host, Url};

/// How the connection to the server is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte (RFC 8314, 3.3): `smtps://`.
    Tls,
    /// TLS through `STARTTLS` (RFC 3207); nothing is sent if the server doesn't offer it: `smtp://`.
    StartTls,
    /// Not at all: `smtp://…?tls=none`.
    Plain,
}

/// The server.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpUrl {
    /// How it is reached.
    pub security: Security,
    /// Its name or address, without brackets.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// The user to log in as; none if the server needs no login.
    pub user: Option<String>,
    pub(super) password: Option<String>,
}

/// The error for a text that is no such URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it has to look like smtps://NAME:PASSWORD@mail.example.com")]
pub struct InvalidSmtpUrl;

impl SmtpUrl {
    /// The same with `smtp_password`, if that is set.
    #[must_use]
    pub fn with_password(self, password: Option<String>) -> SmtpUrl {
        SmtpUrl { password: password.or(self.password), ..self }
    }

    /// Whether there is a user without a password, or the other way round.
    pub fn lacks_half_a_login(&self) -> bool {
        self.user.is_some() != self.password.is_some()
    }

    /// Whether the connection stays on this machine.
    pub fn is_loopback(&self) -> bool {
        let is_address = |host: &str| host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
        self.host == "localhost" || is_address(&self.host)
    }
}

impl FromStr for SmtpUrl {
    type Err = InvalidSmtpUrl;

    fn from_str(text: &str) -> Result<SmtpUrl, InvalidSmtpUrl> {
        let url = Url::parse(text).map_err(|_| InvalidSmtpUrl)?;
        let security = match (url.scheme(), url.query()) {
            ("smtps", None) => Security::Tls,
            ("smtp", None) => Security::StartTls,
            ("smtp", Some("tls=none")) => Security::Plain,
            _ => return Err(InvalidSmtpUrl),
        };
        // For schemes other than those of the web, the URL parser does not parse the host, so it is parsed here as that
        // of a web page would be.
        let host = match Host::parse(url.host_str().ok_or(InvalidSmtpUrl)?).map_err(|_| InvalidSmtpUrl)? {
            Host::Domain(name) => name,
            Host::Ipv4(address) => address.to_string(),
            Host::Ipv6(address) => address.to_string(),
        };
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err(InvalidSmtpUrl);
        }
        let usual = match security {
            Security::Tls => 465,
            Security::StartTls => 587,
            Security::Plain => 25,
        };
        let decode = |text: &str| percent_decode_str(text).decode_utf8().map(String::from).map_err(|_| InvalidSmtpUrl);
        let user = Some(url.username()).filter(|user| !user.is_empty()).map(decode).transpose()?;
        let password = url.password().map(decode).transpose()?;
        Ok(SmtpUrl { security, host, port: url.port().unwrap_or(usual), user, password })
    }
}

/// For messages: without the user and the password.
impl fmt::Display for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.security == Security::Tls { "smtps" } else { "smtp" };
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        write!(f, "{scheme}://{host}:{}", self.port)
    }
}

impl fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SmtpUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_says_how_it_is_encrypted_and_on_which_port() {
        for (text, security, port) in [
            ("smtps://mail.example.com", Security::Tls, 465),
            ("smtp://mail.example.com", Security::StartTls, 587),
            ("smtp://localhost?tls=none", Security::Plain, 25),
            ("smtp://[::1]:2525/?tls=none", Security::Plain, 2525),
        ] {
            let url: SmtpUrl = text.parse().unwrap();
            assert_eq!((url.security, url.port, url.user.as_deref()), (security, port, None), "{text}");
        }
        let url: SmtpUrl = "smtps://login%40example.com:p%2Fw@Mail.Example.com:4650".parse().unwrap();
        assert_eq!((url.user.as_deref(), url.password.as_deref()), (Some("login@example.com"), Some("p/w")));
        assert_eq!((url.host.as_str(), url.port), ("mail.example.com", 4650));
        for shown in [format!("{url}"), format!("{url:?}")] {
            assert!(shown.contains("smtps://mail.example.com:4650") && !shown.contains("p/w"), "{shown}");
        }
    }

    #[test]
    fn other_addresses_are_refused() {
        for bad in [
            "",
            "mail.example.com",
            "mail.example.com:587",
            "http://mail.example.com",
            "smtps://",
            "smtps://mail.example.com/path",
            "smtps://mail.example.com?tls=none",
            "smtp://mail.example.com?tls=maybe",
            "smtps://user:pa/ss@mail.example.com",
            "smtps://mail example.com",
        ] {
            assert_eq!(bad.parse::<SmtpUrl>(), Err(InvalidSmtpUrl), "{bad}");
        }
    }

    #[test]
    fn loopback_is_this_machine() {
        for (host, expected) in [("localhost", true), ("127.0.0.9", true), ("[::1]", true), ("10.0.0.1", false)] {
            let url: SmtpUrl = format!("smtp://{host}?tls=none").parse().unwrap();
            assert_eq!(url.is_loopback(), expected, "{host}");
        }
    }
}
