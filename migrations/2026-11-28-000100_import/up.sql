-- The spelling by which someone logged in before they were imported, where it is no username: canonical (NFKC, lower
-- case). They can log in by it still.
ALTER TABLE users ADD COLUMN former_name TEXT;

CREATE UNIQUE INDEX users_by_former_name ON users (former_name);

-- The import that is going on; there is one at most. What is staged below belongs to it.
CREATE TABLE imports (
    id TEXT NOT NULL PRIMARY KEY,
    -- 'reading': rows are being staged. 'checking': nobody else may take the names any more. 'applying': it was decided
    -- that the accounts are made, and whoever comes next goes on with that.
    state TEXT NOT NULL,
    -- What the accounts came from, such as the name of a file.
    source TEXT NOT NULL,
    -- When it last did something.
    touched_at TIMESTAMP NOT NULL,
    -- How many accounts it has made and changed so far.
    imported BIGINT NOT NULL,
    updated BIGINT NOT NULL
);

-- Accounts to be made, or to be changed.
CREATE TABLE staged_users (
    -- In the order of the file, from 1.
    place BIGINT NOT NULL PRIMARY KEY,
    -- Where it is in the file, for messages.
    line BIGINT NOT NULL,
    id TEXT NOT NULL,
    -- The account that is changed; NULL: a new one is made.
    existing TEXT,
    -- NULL until one is made from the next column.
    username TEXT,
    username_from TEXT,
    former_name TEXT,
    display_name TEXT NOT NULL,
    display_name_folded TEXT NOT NULL,
    -- Whether the file tells the display name.
    is_named BOOLEAN NOT NULL,
    email TEXT,
    email_canonical TEXT,
    password_hash TEXT,
    -- What kind of hash it is, for the report.
    hash_kind TEXT NOT NULL,
    -- Whether the account may log in; NULL where the file does not tell.
    is_enabled BOOLEAN,
    disabled_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    deletes_at TIMESTAMP,
    -- JSON.
    data TEXT
);

CREATE TABLE staged_roles (
    place BIGINT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (place, role)
);

-- Usernames, addresses, former names and ids of staged accounts: what nobody else may have.
CREATE TABLE staged_logins (
    login TEXT NOT NULL PRIMARY KEY,
    place BIGINT NOT NULL,
    line BIGINT NOT NULL,
    -- Whether it is a username that was made up: it gives way to one that stands in the file.
    is_made BOOLEAN NOT NULL
);

CREATE INDEX staged_logins_by_place ON staged_logins (place);
