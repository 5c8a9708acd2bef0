//! What a running server can tell about itself at once, for a page: the part of the check that writes nothing, hashes
//! nothing, and doesn't read the whole database.

use super::{Finding, State, configuration, files, machine, note, wrong};
use crate::accounts::{Accounts, audit, backed_up};
use crate::config::Config;
use crate::db;

/// The findings about which something may have to be done.
///
/// # Errors
/// When the database does not answer.
pub async fn look(accounts: &Accounts, config: &Config) -> db::Result<Vec<Finding>> {
    let newest_event = audit::search::newest(accounts).await?;
    // One file has one server, which finds its backups in its folder.
    let of_nodes = match config.database.is_remote() {
        true => backed_up::look_up(accounts).await?,
        false => None,
    };
    let config = config.clone();
    let of_files = tokio::task::spawn_blocking(move || {
        let mut findings = configuration(&config);
        findings.extend(files::room(&config));
        findings.push(files::newest_backup(&config, of_nodes));
        if !config.origins.are_set() {
            findings.push(note(
                "address",
                "it answers on this machine only; others reach it once `public_url` is set".to_owned(),
            ));
        }
        findings
    });
    let mut findings =
        of_files.await.unwrap_or_else(|_| vec![wrong("check", "it failed; the log says why".to_owned())]);
    findings.push(machine::clock(newest_event));
    findings.retain(|finding| finding.state != State::Ok);
    Ok(findings)
}
