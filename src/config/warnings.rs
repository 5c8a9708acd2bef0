//! What an operator should know about the configuration, although nothing is wrong with it.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::Config;

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
        for network in settings.trusted_proxies.iter().filter(|network| network.prefix_len() == 0) {
            warnings.push(format!(
                "trusted_proxies names {network}, which is everyone: whoever sends X-Forwarded-For chooses the address that \
                 limits and the audit go by. Name the networks of your proxies alone"
            ));
        }
        warnings
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
