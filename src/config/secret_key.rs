//! The secret key: it encrypts private cookies, and other keys are derived from it.
//!
//! Unless one is configured, it is made at the first start and kept in the data folder.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::data_dir::make_data_dir;
use super::{Config, Invalid, private_file};

/// 64 bytes of key. `Debug` shows nothing of it.
#[derive(Clone)]
pub struct SecretKey([u8; 64]);

const FILE: &str = "secret_key";

impl SecretKey {
    /// The configured key, else the one in the data folder, which is made when it isn't there.
    ///
    /// # Errors
    /// When a key is there but can't be read or is not one.
    pub fn load_or_create(config: &Config) -> Result<SecretKey, Invalid> {
        match config.figment.extract_inner::<String>("secret_key") {
            Ok(text) => decode(&text).ok_or_else(|| {
                Invalid(
                    "setting `secret_key` has to be 64 bytes in base64; \
                     `openssl rand -base64 64 | tr -d '\\n'` prints one"
                        .into(),
                )
            }),
            Err(_) => in_folder(&config.settings.data_dir()),
        }
    }

    /// The key as Rocket's configuration takes it.
    pub fn to_base64(&self) -> String {
        STANDARD.encode(self.0)
    }

    /// A keyed hash of the text, for one purpose: two purposes never share a key.
    pub fn mac(&self, purpose: &'static str, text: &str) -> [u8; 32] {
        let hmac = |key: &[u8], message: &[u8]| -> [u8; 32] {
            let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
            mac.update(message);
            mac.finalize().into_bytes().into()
        };
        hmac(&hmac(&self.0, purpose.as_bytes()), text.as_bytes())
    }
}

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

fn in_folder(folder: &Path) -> Result<SecretKey, Invalid> {
    make_data_dir(folder)?;
    let path = folder.join(FILE);
    let read = match private_file::read(&path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => create(folder).and_then(|()| private_file::read(&path)),
        read => read,
    };
    let text = read.map_err(|e| Invalid(format!("the secret key {} can't be used: {e}", path.display())))?;
    decode(text.trim()).ok_or_else(|| {
        Invalid(format!(
            "{} does not hold a secret key; restore it from a backup, or remove it to have a new one made \
             (everyone is then logged out)",
            path.display()
        ))
    })
}

/// Writes a new key beside its place and links it there, so that no start ever sees half a key and two
/// first starts at once agree on one.
fn create(folder: &Path) -> io::Result<()> {
    let mut key = [0; 64];
    getrandom::fill(&mut key).map_err(io::Error::other)?;
    // Processes in several containers can have the same id.
    let draft = folder.join(format!("{FILE}.{}", uuid::Uuid::now_v7()));
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    writeln!(file, "{}", STANDARD.encode(key))?;
    file.sync_all()?;
    let linked = fs::hard_link(&draft, folder.join(FILE));
    fs::remove_file(&draft)?;
    match linked {
        Err(e) if e.kind() != io::ErrorKind::AlreadyExists => Err(e),
        _ => fs::File::open(folder)?.sync_all(),
    }
}

fn decode(text: &str) -> Option<SecretKey> {
    let bytes: [u8; 64] = STANDARD.decode(text).ok()?.try_into().ok()?;
    (bytes != [0; 64]).then_some(SecretKey(bytes))
}
