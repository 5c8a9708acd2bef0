//! A root with nothing in it but the program, which nobody can write but for the volume of the data.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::support::Server;

/// The folder that the archive was packed from.
pub fn unpacked() -> PathBuf {
    let files = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/target/release-files"));
    let inside = std::fs::read_dir(files).expect("run scripts/release, which makes the files and runs this");
    let mut folders = inside.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir());
    folders.next().expect("the folder that was packed")
}

/// Lets a server and its commands run as docs/deploy/Containerfile has it: in a root of its own, as an account without
/// any right. `/etc` has these files and no others.
///
/// The first name space mounts, the second one takes the rights away: there the account is an ordinary one, and a
/// program that it starts has no capabilities. It takes a system that lets everyone have name spaces of their own (or
/// `sysctl kernel.unprivileged_userns_clone=1`).
pub fn contained(server: Server, etc: &[(&str, &str)]) -> Server {
    let (folder, program) = (server.folder().to_owned(), unpacked().join("vestibule"));
    for name in ["root", "volume", "etc"] {
        std::fs::create_dir(folder.join(name)).expect("a folder");
    }
    for (name, text) in etc {
        std::fs::write(folder.join("etc").join(name), text).expect("a file");
    }
    let script = folder.join("contained");
    let text = format!(
        "#!/bin/sh\nset -eu\n\
         [ -n \"${{INSIDE:-}}\" ] || INSIDE=1 exec unshare --user --map-root-user --mount \"$0\" \"$@\"\n\
         mount -t tmpfs -o mode=755 tmpfs root\n\
         mkdir root/data && cp -R etc root/ && cp \"{}\" root/vestibule\n\
         mount --bind volume root/data && mount -o remount,ro root\n\
         exec env -u PATH -u INSIDE unshare --user --map-user=65532 --map-group=65532 --root=root --wd=/data \
         /vestibule \"$@\"\n",
        program.display()
    );
    std::fs::write(&script, text).expect("it is written");
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).expect("it may be run");
    server.with("VESTIBULE_DATA_DIR", "/data").with_program(script)
}
