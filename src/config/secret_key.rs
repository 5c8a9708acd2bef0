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
use subtle::ConstantTimeEq;

use super::data_dir::make_data_dir;
use super::{Config, Invalid, check, private_file};

/// 64 bytes of key. `Debug` shows nothing of it.
#[derive(Clone)]
pub struct SecretKey([u8; 64]);

const FILE: &str = "secret_key";

/// A key that is about to take the place of the other one.
const NEXT: &str = "secret_key.next";

/// A key that a restore brings, for a database on a server, until it is known whether it was restored.
const RESTORED: &str = "secret_key.restored";

/// What the name of a file begins with in which a key is being written; an id follows.
const DRAFT: &str = "secret_key.";

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

    /// Whether the key is configured, and none in the data folder counts.
    pub fn is_configured(config: &Config) -> bool {
        config.figment.extract_inner::<String>("secret_key").is_ok()
    }

    /// Puts this key into the data folder, in the place of one that is there.
    ///
    /// # Errors
    /// When it can't be written; then the former one stays.
    pub fn keep(&self, config: &Config) -> Result<(), Invalid> {
        self.write(&config.settings.data_dir(), FILE)
    }

    /// Makes a key that is to take the place of the present one, and writes it beside it.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn make_next(config: &Config) -> Result<SecretKey, Invalid> {
        let key = random().map_err(|error| Invalid(format!("no secret key can be made: {error}")))?;
        key.write(&config.settings.data_dir(), NEXT)?;
        Ok(key)
    }

    /// A key that was made and has not taken the place of the present one yet.
    ///
    /// # Errors
    /// When it is there and can't be read.
    pub fn next(config: &Config) -> Result<Option<SecretKey>, Invalid> {
        read(&config.settings.data_dir().join(NEXT))
    }

    /// Lets it take that place.
    ///
    /// # Errors
    /// When it can't be moved.
    pub fn use_next(config: &Config) -> Result<(), Invalid> {
        move_into_place(config, NEXT)
    }

    /// Writes this key beside the present one, for a restore that has not happened yet.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn keep_for_restore(&self, config: &Config) -> Result<(), Invalid> {
        self.write(&config.settings.data_dir(), RESTORED)
    }

    /// The key of a restore of which it is not known here whether it has happened.
    ///
    /// # Errors
    /// When it is there and can't be read.
    pub fn of_restore(config: &Config) -> Result<Option<SecretKey>, Invalid> {
        read(&config.settings.data_dir().join(RESTORED))
    }

    /// Lets it take the place of the present one when the restore has happened, and removes it otherwise.
    ///
    /// # Errors
    /// When it can't be moved or removed.
    pub fn settle_restore(config: &Config, has_happened: bool) -> Result<(), Invalid> {
        if has_happened {
            return move_into_place(config, RESTORED);
        }
        let path = config.settings.data_dir().join(RESTORED);
        fs::remove_file(&path).map_err(|error| Invalid(format!("{} can't be removed: {error}", path.display())))
    }

    /// Removes what processes that were killed have left of a key that they were writing. Whoever calls it holds
    /// [`Config::lock_data_dir`].
    ///
    /// # Errors
    /// When one can't be removed.
    pub fn remove_drafts(config: &Config) -> Result<(), Invalid> {
        let folder = config.settings.data_dir();
        let is_draft = |name: &str| name.strip_prefix(DRAFT).is_some_and(|id| uuid::Uuid::try_parse(id).is_ok());
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            if entry.file_name().to_str().is_some_and(is_draft) {
                let path = entry.path();
                fs::remove_file(&path).map_err(|e| Invalid(format!("{} can't be removed: {e}", path.display())))?;
            }
        }
        Ok(())
    }

    /// Reads a key in base64; none when it is not one.
    pub fn parse(text: &str) -> Option<SecretKey> {
        decode(text.trim())
    }

    /// Where the key is when none is configured.
    pub fn file(config: &Config) -> PathBuf {
        config.settings.data_dir().join(FILE)
    }

    /// The key as Rocket's configuration takes it.
    pub fn to_base64(&self) -> String {
        STANDARD.encode(self.0)
    }

    /// Whether it is the same key.
    pub fn is(&self, other: &SecretKey) -> bool {
        self.0.ct_eq(&other.0).into()
    }

    fn write(&self, folder: &Path, name: &str) -> Result<(), Invalid> {
        let path = folder.join(name);
        let written = draft(folder, self).and_then(|draft| {
            fs::rename(&draft, &path).inspect_err(|_| drop(fs::remove_file(&draft)))?;
            fs::File::open(folder)?.sync_all()
        });
        written.map_err(|error| Invalid(format!("the secret key {}: {error}", path.display())))
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

/// Lets a key in the data folder take the place of the present one.
fn move_into_place(config: &Config, name: &str) -> Result<(), Invalid> {
    let folder = config.settings.data_dir();
    let moved = fs::rename(folder.join(name), folder.join(FILE)).and_then(|()| fs::File::open(&folder)?.sync_all());
    moved.map_err(|error| Invalid(format!("the secret key {}: {error}", folder.join(FILE).display())))
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
    let draft = draft(folder, &random()?)?;
    let linked = fs::hard_link(&draft, folder.join(FILE));
    fs::remove_file(&draft)?;
    match linked {
        Err(e) if e.kind() != io::ErrorKind::AlreadyExists => Err(e),
        _ => fs::File::open(folder)?.sync_all(),
    }
}

fn random() -> io::Result<SecretKey> {
    let mut key = [0; 64];
    getrandom::fill(&mut key).map_err(io::Error::other)?;
    Ok(SecretKey(key))
}

/// Writes a key to a file of its own, and answers which.
fn draft(folder: &Path, key: &SecretKey) -> io::Result<PathBuf> {
    // Processes in several containers can have the same id.
    let draft = folder.join(format!("{DRAFT}{}", uuid::Uuid::now_v7()));
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    let written = writeln!(file, "{}", key.to_base64()).and_then(|()| file.sync_all());
    written.inspect_err(|_| drop(fs::remove_file(&draft)))?;
    Ok(draft)
}

fn decode(text: &str) -> Option<SecretKey> {
    let bytes: [u8; 64] = STANDARD.decode(text).ok()?.try_into().ok()?;
    (bytes != [0; 64]).then_some(SecretKey(bytes))
}
