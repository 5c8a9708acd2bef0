-- When an account will be removed, as its owner wants it, unless they log in before.
ALTER TABLE users ADD COLUMN deletes_at TIMESTAMP;

CREATE INDEX users_by_deletion ON users (deletes_at);
