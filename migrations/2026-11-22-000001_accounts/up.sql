-- SQL that SQLite and PostgreSQL both accept. Ids are UUID version 7 as text; times are UTC.

CREATE TABLE users (
    id TEXT NOT NULL PRIMARY KEY,
    -- Canonical: NFKC, lower case.
    username TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    -- As it was given; mail goes here.
    email TEXT,
    -- What addresses are compared by.
    email_canonical TEXT UNIQUE,
    -- passlib's format, $bcrypt-sha256$v=2,… ; NULL: nobody can log in by password.
    password_hash TEXT,
    -- When someone chose the password; a hash that is replaced by a stronger one is still of the same password.
    password_set_at TIMESTAMP,
    disabled_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE user_roles (
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    PRIMARY KEY (user_id, role)
);

CREATE INDEX user_roles_by_role ON user_roles (role);

CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    -- SHA-256 of the token, in hex: the token itself is only in the browser.
    token_hash TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    remembered BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL,
    authenticated_at TIMESTAMP NOT NULL,
    last_seen_at TIMESTAMP NOT NULL,
    -- The session ends at whichever of the two comes first.
    idle_expires_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    address TEXT,
    user_agent TEXT
);

CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
CREATE INDEX sessions_by_idle_expiry ON sessions (idle_expires_at);

-- No foreign keys: the record outlives the account.
CREATE TABLE audit_events (
    id TEXT NOT NULL PRIMARY KEY,
    at TIMESTAMP NOT NULL,
    event TEXT NOT NULL,
    -- A user's id, 'operator' for the command line, NULL for a stranger.
    actor TEXT,
    -- The id of the user it was done to.
    target TEXT,
    address TEXT,
    user_agent TEXT,
    request_id TEXT NOT NULL,
    detail TEXT
);

CREATE INDEX audit_events_by_target ON audit_events (target, event, at);
CREATE INDEX audit_events_by_time ON audit_events (at);
