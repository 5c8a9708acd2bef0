//! What the program reads and writes.

use super::kind::Kind;
use super::section::Group;
use super::setting::{Preset, Setting, number, switch, unset};

pub(super) const FILES: Group = Group {
    title: "Files",
    note: "If the database has accounts but the secret key is missing, or the key exists but the database \
               is missing, one of them was lost, and the server refuses to start. To continue without it, start once \
               with VESTIBULE_ALLOW_NEW_KEY_OR_DATABASE=true.",
    settings: &[
        Setting::new("data_dir", Kind::Folder, Preset::Text("data"))
            .says("The folder for everything that the program writes: the database, the secret key, and backups."),
        unset("database_url", Kind::Secret(DATABASE), "\"sqlite:/var/lib/vestibule/vestibule.db\"").says(
            "The database: a file, or PostgreSQL in a build with it. Unset: the file vestibule.db in `data_dir`.",
        ),
        switch("allow_new_key_or_database", false)
            .says("Creates a new secret key or database when only the other one exists. Set it for one start only."),
        unset("templates", Kind::Folder, "\"templates-of-mine\"")
            .says("A folder with your own templates and texts. Each replaces the built-in one with the same name."),
    ],
};

pub(super) const BACKUPS: Group = Group {
    title: "Backups",
    note: "A backup is one file with the database and the secret key; `vestibule restore` puts it back. One is also \
               made before an upgrade changes the database, and before a restore. A backup on the same disk is lost \
               with it: copy them elsewhere.",
    settings: &[
        number("backup_hours", 0..=8760, 24)
            .says("Hours between two backups that the server makes by itself; of several nodes one does. 0: none."),
        number("backup_keep", 1..=10_000, 7).says("Backups of each kind that are kept; the oldest ones are removed."),
        unset("backup_dir", Kind::Folder, "\"/var/backups/vestibule\"")
            .says("The folder for these backups. Unset: the folder backups in `data_dir`."),
    ],
};

/// What the address of a database has to be.
const DATABASE: &str = "sqlite:PATH, such as sqlite:/var/lib/vestibule/vestibule.db, or postgres://USER@HOST/DATABASE";
