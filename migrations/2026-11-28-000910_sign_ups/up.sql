-- Since when it is known that the owner of the account reads the mail at its address, by a link that went there or by the
-- word of whoever gave the account its address; NULL: nobody has shown it.
ALTER TABLE users ADD COLUMN email_confirmed_at TIMESTAMP;
ALTER TABLE staged_users ADD COLUMN email_confirmed_at TIMESTAMP;

-- Accounts from before this could always choose a new password by mail, and have to be able to go on with that.
UPDATE users SET email_confirmed_at = created_at WHERE email IS NOT NULL;
UPDATE staged_users SET email_confirmed_at = created_at WHERE email IS NOT NULL;

-- Accounts that somebody wants, until they have opened the link that went to their address. Nothing is reserved by them.
CREATE TABLE sign_ups (
    id TEXT NOT NULL PRIMARY KEY,
    -- The name to log in by, canonical.
    username TEXT NOT NULL,
    display_name TEXT NOT NULL,
    -- As it was given; the link went there, if no account had it.
    email TEXT NOT NULL,
    -- As in users.
    password_hash TEXT NOT NULL,
    -- What an app wants to keep for them, as JSON.
    data TEXT,
    -- The id of the invitation that they have; NULL: none.
    invitation TEXT,
    expires_at TIMESTAMP NOT NULL
);

CREATE INDEX sign_ups_by_username ON sign_ups (username);
CREATE INDEX sign_ups_by_expiry ON sign_ups (expires_at);
