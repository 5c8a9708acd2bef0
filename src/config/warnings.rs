//! What an operator should know about the configuration, although nothing is wrong with it.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::{Config, MailTransport};

impl Config {
    /// Sentences for the operator, told at the start of the server.
    pub fn warnings(&self) -> Vec<String> {
        let settings = &self.settings;
        let mut warnings = Vec::new();
        warnings.extend(self.open_data_dir());
        if settings.bcrypt_cost < 10 {
            warnings.push("bcrypt_cost is below 10; new password hashes will be quick to guess".to_owned());
        }
        if settings.allow_new_key_or_database {
            warnings.push(
                "allow_new_key_or_database is set, so a lost key or database would be replaced by a new one; \
                 leave it out from the next start on"
                    .to_owned(),
            );
        }
        warnings.extend(self.odd_mail());
        for network in settings.trusted_proxies.iter().filter(|network| network.prefix_len() == 0) {
            warnings.push(format!(
                "trusted_proxies names {network}, which is everyone: whoever sends X-Forwarded-For chooses the address that \
                 limits and the audit go by. Name the networks of your proxies alone"
            ));
        }
        warnings
    }

    /// Mail that does not go out although somebody meant it to, or whose links lead nowhere.
    fn odd_mail(&self) -> Option<String> {
        let settings = &self.settings;
        match settings.mail_transport {
            MailTransport::Off if settings.smtp_url.is_some() || settings.mail_from.is_some() => Some(
                "no mail is sent, although `smtp_url` or `mail_from` is set: set mail_transport to smtp too".to_owned(),
            ),
            MailTransport::Smtp if !self.origins.are_set() => Some(
                "links in mail lead to this machine, where nobody else can open them, as long as `public_url` is not set"
                    .to_owned(),
            ),
            MailTransport::Log => {
                Some("mail is written to the log and not sent; mail_transport = smtp sends it".to_owned())
            }
            MailTransport::Off | MailTransport::Smtp => None,
        }
    }

    /// Other accounts of this machine can look into the data folder.
    fn open_data_dir(&self) -> Option<String> {
        let folder = self.settings.data_dir();
        let mode = fs::metadata(&folder).ok()?.permissions().mode() & 0o777;
        (mode & 0o077 != 0).then(|| {
            format!(
                "the data folder {} is open to other accounts of this machine (mode {mode:o}); \
                 `chmod 700` keeps the secret key from them",
                folder.display()
            )
        })
    }
}
