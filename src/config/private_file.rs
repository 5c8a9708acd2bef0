//! Files with a secret key, which only our own account should be able to read.

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use rustix::fs::{StatVfsMountFlags, fstatvfs};

/// Reading or writing for everyone. Not for the group: an operator may mean it (PostgreSQL takes a key of mode 0640
/// too), and Kubernetes gives the files of a volume to the group of `fsGroup`.
const OTHERS: u32 = 0o006;

/// Where Docker, Compose and Podman put secrets.
const SECRETS_OF_CONTAINERS: &str = "/run/secrets";

/// Reads the text of a file.
///
/// # Errors
/// Those of reading; and when other accounts of this machine can read it too, with what to do.
pub(super) fn read(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let metadata = file.metadata()?;
    let mode = metadata.permissions().mode() & 0o777;
    if metadata.is_file() && mode & OTHERS != 0 && !is_mounted_secret(&file, path)? {
        return Err(io::Error::other(format!(
            "it is open to other accounts of this machine (mode {mode:o}); `chmod 600 {}` keeps it from them",
            path.display()
        )));
    }
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    Ok(text)
}

/// Whether the mode of a file is not the operator's to choose. Docker's secrets have mode 0444 and those of Kubernetes
/// 0644, in a container where nobody else is; so programs that take secrets as files don't look at their modes, as
/// OpenSSH and PostgreSQL do with their keys. Here a mode counts where one can change it: not on what is mounted
/// read-only, as Kubernetes does and Compose with files, and not at the place of container engines.
fn is_mounted_secret(file: &File, path: &Path) -> io::Result<bool> {
    let read_only = fstatvfs(file)?.f_flag.contains(StatVfsMountFlags::RDONLY);
    Ok(read_only || path.canonicalize()?.starts_with(SECRETS_OF_CONTAINERS))
}
