-- The captchas that were answered, right or wrong, until they would be over anyway.
CREATE TABLE spent_captchas (
    nonce TEXT NOT NULL PRIMARY KEY,
    expires_at TIMESTAMP NOT NULL
);
CREATE INDEX spent_captchas_expires_at ON spent_captchas (expires_at);
