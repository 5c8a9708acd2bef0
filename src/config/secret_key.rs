//! The secret key: it encrypts private cookies, and other keys are derived from it.
//!
//! Unless one is configured, it is made at the end of the first start and kept in the data folder.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::data_dir::make_data_dir;
use super::{Config, Invalid, check, private_file};

/// 64 bytes of key. `Debug` shows nothing of it.
#[derive(Clone)]
pub struct SecretKey([u8; 64]);

const FILE: &str = "secret_key";

impl SecretKey {
    /// The configured key, else the one in the data folder; none when there is neither.
    ///
    /// # Errors
    /// When a key is there but can't be read, is not one, or is open to other accounts of this machine.
    pub fn load(config: &Config) -> Result<Option<SecretKey>, Invalid> {
        match config.figment.extract_inner::<String>("secret_key") {
            Ok(text) => decode(&text).map(Some).ok_or_else(|| check::unusable(&config.figment, "secret_key")),
            Err(_) => read(&SecretKey::file(config)),
        }
    }

    /// Makes a key in the data folder, unless another process just did. Nothing else of a first start comes after it:
    /// so a key tells that there was a database.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn create(config: &Config) -> Result<SecretKey, Invalid> {
        let (folder, path) = (config.settings.data_dir(), SecretKey::file(config));
        make_data_dir(&folder)?;
        write_new(&folder).map_err(|error| Invalid(format!("the secret key {}: {error}", path.display())))?;
        read(&path)?.ok_or_else(|| Invalid(format!("the secret key {} was removed again", path.display())))
    }

    /// Where the key is when none is configured.
    pub fn file(config: &Config) -> PathBuf {
        config.settings.data_dir().join(FILE)
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

/// The key in a file; none when the file isn't there.
fn read(path: &Path) -> Result<Option<SecretKey>, Invalid> {
    let text = match private_file::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        read => read.map_err(|e| Invalid(format!("the secret key {} can't be used: {e}", path.display())))?,
    };
    decode(text.trim()).map(Some).ok_or_else(|| {
        Invalid(format!("{} does not hold a secret key; restore it from a backup, or remove it", path.display()))
    })
}

/// Writes a new key beside its place and links it there, so that no start ever sees half a key and two
/// first starts at once agree on one.
fn write_new(folder: &Path) -> io::Result<()> {
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
