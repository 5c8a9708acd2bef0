-- What an account waits for before anyone may log in to it: 'approval'. NULL: nothing.
ALTER TABLE users ADD COLUMN waits_for TEXT;

CREATE INDEX users_by_waiting ON users (waits_for, username);
