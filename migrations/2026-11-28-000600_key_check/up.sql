-- By what the secret key is recognised with which this database has been used: a keyed hash, which does not tell the key.
CREATE TABLE key_checks (
    -- 'secret_key'.
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
