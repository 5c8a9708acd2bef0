//! Keys as the database holds them: encrypted with a key that is derived from the secret key.

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use aws_lc_rs::error::Unspecified;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::config::SecretKey;

/// Encrypts a key. The id is bound to it, so that rows can't be exchanged.
pub(super) fn seal(secret: &SecretKey, id: &str, pkcs8: &[u8]) -> Result<String, Unspecified> {
    let mut sealed = pkcs8.to_vec();
    let nonce = cipher(secret)?.seal_in_place_append_tag(Aad::from(id), &mut sealed)?;
    sealed.splice(0..0, *nonce.as_ref());
    Ok(STANDARD.encode(sealed))
}

/// Decrypts it; none when it was sealed with another secret key, or for another id.
pub(super) fn open(secret: &SecretKey, id: &str, sealed: &str) -> Option<Vec<u8>> {
    let mut bytes = STANDARD.decode(sealed).ok()?;
    let nonce: [u8; NONCE_LEN] = bytes.get(..NONCE_LEN)?.try_into().ok()?;
    let nonce = Nonce::assume_unique_for_key(nonce);
    let opened = cipher(secret).ok()?.open_in_place(nonce, Aad::from(id), &mut bytes[NONCE_LEN..]).ok()?;
    Some(opened.to_vec())
}

fn cipher(secret: &SecretKey) -> Result<RandomizedNonceKey, Unspecified> {
    RandomizedNonceKey::new(&AES_256_GCM, &secret.mac("signing keys", ""))
}
