-- The display name in lower case: LIKE ignores case on SQLite only, and there for ASCII only.
ALTER TABLE users ADD COLUMN display_name_folded TEXT NOT NULL DEFAULT '';
UPDATE users SET display_name_folded = lower(display_name);
