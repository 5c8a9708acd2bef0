-- Requests for a link to choose a new password, until they are answered by mail or not at all. Each takes the same row,
-- whether or not somebody has the name.
CREATE TABLE reset_requests (
    id TEXT NOT NULL PRIMARY KEY,
    -- The name and who typed it, encrypted with a key that is derived from the secret key: it may be a password typed
    -- into the wrong field.
    request TEXT NOT NULL,
    asked_at TIMESTAMP NOT NULL
);
