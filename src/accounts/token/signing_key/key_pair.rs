//! A pair of keys: one makes signatures, the other verifies them.

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair,
    RsaPublicKeyComponents,
};

use super::PublicKey;
use crate::config::TokenAlgorithm;

/// A pair of keys. No `Debug`.
pub(in crate::accounts::token) enum KeyPair {
    Es256(EcdsaKeyPair),
    Rs256(RsaKeyPair),
    EdDsa(Ed25519KeyPair),
}

impl KeyPair {
    /// Makes one. For RSA that takes a good part of a second.
    pub fn generate(algorithm: TokenAlgorithm) -> Result<KeyPair, Unspecified> {
        Ok(match algorithm {
            TokenAlgorithm::Es256 => KeyPair::Es256(EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)?),
            TokenAlgorithm::Rs256 => KeyPair::Rs256(RsaKeyPair::generate(KeySize::Rsa2048)?),
            TokenAlgorithm::EdDsa => KeyPair::EdDsa(Ed25519KeyPair::generate()?),
        })
    }

    /// Reads one that was stored; none when it is not one of this algorithm.
    pub fn from_pkcs8(algorithm: TokenAlgorithm, pkcs8: &[u8]) -> Option<KeyPair> {
        match algorithm {
            TokenAlgorithm::Es256 => {
                EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8).ok().map(KeyPair::Es256)
            }
            TokenAlgorithm::Rs256 => RsaKeyPair::from_pkcs8(pkcs8).ok().map(KeyPair::Rs256),
            TokenAlgorithm::EdDsa => Ed25519KeyPair::from_pkcs8(pkcs8).ok().map(KeyPair::EdDsa),
        }
    }

    /// The form in which it is stored, encrypted: PKCS #8.
    pub fn to_pkcs8(&self) -> Result<Vec<u8>, Unspecified> {
        Ok(match self {
            KeyPair::Es256(pair) => pair.to_pkcs8v1()?.as_ref().to_vec(),
            KeyPair::Rs256(pair) => pair.as_der()?.as_ref().to_vec(),
            KeyPair::EdDsa(pair) => pair.to_pkcs8v1()?.as_ref().to_vec(),
        })
    }

    /// What it signs with.
    pub fn algorithm(&self) -> TokenAlgorithm {
        match self {
            KeyPair::Es256(_) => TokenAlgorithm::Es256,
            KeyPair::Rs256(_) => TokenAlgorithm::Rs256,
            KeyPair::EdDsa(_) => TokenAlgorithm::EdDsa,
        }
    }

    /// Its public half.
    pub fn public_key(&self) -> PublicKey {
        match self {
            KeyPair::Es256(pair) => {
                // 0x04 for an uncompressed point, then x and y (SEC 1, 2.3.3).
                let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
                PublicKey::ec(x, y)
            }
            KeyPair::Rs256(pair) => {
                let RsaPublicKeyComponents { n, e } = RsaPublicKeyComponents::<Vec<u8>>::from(pair.public_key());
                PublicKey::rsa(&n, &e)
            }
            KeyPair::EdDsa(pair) => PublicKey::ed25519(pair.public_key().as_ref()),
        }
    }

    /// Signs, in the form that a JWS has (RFC 7518, 3.3 and 3.4; RFC 8037, 3.1).
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Unspecified> {
        let random = SystemRandom::new();
        match self {
            KeyPair::Es256(pair) => Ok(pair.sign(&random, message)?.as_ref().to_vec()),
            KeyPair::Rs256(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, message, &mut signature)?;
                Ok(signature)
            }
            KeyPair::EdDsa(pair) => Ok(pair.sign(message).as_ref().to_vec()),
        }
    }
}
