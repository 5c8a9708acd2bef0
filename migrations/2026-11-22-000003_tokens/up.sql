-- 'browser' or 'token': how the session is recognised.
ALTER TABLE sessions ADD COLUMN kind TEXT NOT NULL DEFAULT 'browser';

-- The refresh tokens of a session: one that is valid, and those that were spent for it.
CREATE TABLE refresh_tokens (
    -- SHA-256 of the token, in hex.
    token_hash TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    spent_at TIMESTAMP
);

CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

-- The keys that access tokens are signed with.
CREATE TABLE signing_keys (
    id TEXT NOT NULL PRIMARY KEY,
    -- PKCS #8, encrypted with a key derived from the secret key, in base64.
    private_key TEXT NOT NULL,
    -- 32 bytes, in base64url without padding, as in a JWK's x.
    public_key TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    -- Since when it signs no more; what it signed stays valid until it expires.
    rotated_at TIMESTAMP,
    -- Since when nothing that it signed is valid.
    retired_at TIMESTAMP
);
