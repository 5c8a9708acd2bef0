//! The folder `migrations/`, which goes into the binary.

use diesel_migrations::{EmbeddedMigrations, embed_migrations};

pub(super) const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");
