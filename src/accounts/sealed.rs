//! What the database holds so that a copy of it alone tells nothing: encrypted with a key that is derived from the secret
//! key, one for each purpose.

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::error::Unspecified;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::config::SecretKey;

/// Encrypts. The id of the row is bound to it, so that rows can't be exchanged.
pub(super) fn seal(secret: &SecretKey, purpose: &'static str, id: &str, plain: &[u8]) -> Result<String, Unspecified> {
    let mut sealed = plain.to_vec();
    let nonce = cipher(secret, purpose)?.seal_in_place_append_tag(Aad::from(id), &mut sealed)?;
    sealed.splice(0..0, *nonce.as_ref());
    Ok(STANDARD.encode(sealed))
}

/// Decrypts; none when it was sealed with another secret key, for another purpose, or for another id.
pub(super) fn open(secret: &SecretKey, purpose: &'static str, id: &str, sealed: &str) -> Option<Vec<u8>> {
    let mut bytes = STANDARD.decode(sealed).ok()?;
    let nonce: [u8; NONCE_LEN] = bytes.get(..NONCE_LEN)?.try_into().ok()?;
    let nonce = Nonce::assume_unique_for_key(nonce);
    let opened = cipher(secret, purpose).ok()?.open_in_place(nonce, Aad::from(id), &mut bytes[NONCE_LEN..]).ok()?;
    Some(opened.to_vec())
}

fn cipher(secret: &SecretKey, purpose: &'static str) -> Result<RandomizedNonceKey, Unspecified> {
    RandomizedNonceKey::new(&AES_256_GCM, &secret.mac(purpose, ""))
}
