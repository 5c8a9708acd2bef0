//! File systems of their own, for programs that meet a full disk or one that can't be written.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::Server;

impl Server {
    /// With file systems that this line for the shell mounts below the folder that the program runs in, and that nobody
    /// else sees. It takes a system that lets everyone have name spaces of their own (or `sysctl
    /// kernel.unprivileged_userns_clone=1`).
    pub fn with_mounts(self, line: &str) -> Server {
        let script = self.folder().join("mounted");
        let program = env!("CARGO_BIN_EXE_vestibule");
        let text = format!(
            "#!/bin/sh\n[ -n \"$MOUNTED\" ] || MOUNTED=1 exec unshare --user --map-root-user --mount \"$0\" \"$@\"\n\
             {line} && exec \"{program}\" \"$@\"\n"
        );
        fs::write(&script, text).expect("it is written");
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("it may be run");
        self.with_program(script)
    }
}
