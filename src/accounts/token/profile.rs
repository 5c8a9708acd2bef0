//! What the access tokens of this server are like: from whom, for whom, and how they are signed.

use crate::config::{Settings, TokenAlgorithm};

/// The client that every token names. What a program says of itself proves nothing, so it is not repeated.
pub(super) const CLIENT: &str = "vestibule";

/// What the settings say of access tokens.
#[derive(Debug, Clone)]
pub struct Profile {
    /// The claim `iss`: `public_url`, or `vestibule` when it is unset.
    pub issuer: String,
    /// The claim `aud`: the issuer first, then what the setting names.
    pub(super) audience: Vec<String>,
    /// What a new key signs with.
    pub algorithm: TokenAlgorithm,
    /// Whether tokens say the email address of their owner.
    pub(super) email: bool,
}

impl Profile {
    /// The profile of these settings.
    pub fn new(settings: &Settings) -> Profile {
        let issuer = settings.public_url.clone().map_or_else(|| "vestibule".to_owned(), String::from);
        let mut audience = vec![issuer.clone()];
        for named in settings.audience.iter().cloned().map(String::from) {
            if !audience.contains(&named) {
                audience.push(named);
            }
        }
        Profile { issuer, audience, algorithm: settings.token_algorithm, email: settings.token_email }
    }
}
