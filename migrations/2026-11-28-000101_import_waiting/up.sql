-- What the account waits for before anyone may log in to it, as in users.
ALTER TABLE staged_users ADD COLUMN waits_for TEXT;

-- Whether it is an address that stands where a username should: whoever chose it need not own it.
ALTER TABLE staged_logins ADD COLUMN is_unproven BOOLEAN NOT NULL DEFAULT FALSE;
