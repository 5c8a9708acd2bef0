//! `vestibule completions`: scripts with which a shell completes commands.

use clap::{Args, Command};
use clap_complete::Shell;

use super::error::Error;
use super::output::print;

/// Print what a shell needs to complete commands.
///
/// bash: vestibule completions bash > /etc/bash_completion.d/vestibule
///
/// zsh: vestibule completions zsh > /usr/local/share/zsh/site-functions/_vestibule
///
/// fish: vestibule completions fish > ~/.config/fish/completions/vestibule.fish
#[derive(Debug, Args)]
pub(super) struct Completions {
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self, mut vestibule: Command) -> Result<(), Error> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut vestibule, "vestibule", &mut script);
        print(String::from_utf8_lossy(&script).trim_end())
    }
}
