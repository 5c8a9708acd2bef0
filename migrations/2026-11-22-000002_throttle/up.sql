-- Attempts at passwords, reserved here before a password is looked at.
CREATE TABLE throttles (
    -- 'user:<id>', 'name:<keyed hash of a name that nobody has>' or 'device:<id>'.
    subject TEXT NOT NULL PRIMARY KEY,
    -- When all attempts will have come back.
    spent_until TIMESTAMP NOT NULL,
    -- No attempt before this.
    next_at TIMESTAMP NOT NULL,
    day_started_at TIMESTAMP NOT NULL,
    day_count BIGINT NOT NULL
);

CREATE INDEX throttles_by_time ON throttles (day_started_at);

-- Browsers that someone has logged in with before.
CREATE TABLE devices (
    id TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- SHA-256 of the token, in hex.
    token_hash TEXT NOT NULL UNIQUE,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);

CREATE INDEX devices_by_user ON devices (user_id);
CREATE INDEX devices_by_expiry ON devices (expires_at);
