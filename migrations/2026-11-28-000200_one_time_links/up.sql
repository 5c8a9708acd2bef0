-- Links that are there for one thing, such as choosing a new password, until it is done.
CREATE TABLE one_time_links (
    -- SHA-256 of the token, in hex: the token itself is only in the link.
    token_hash TEXT NOT NULL PRIMARY KEY,
    -- What it is for, such as 'reset'.
    purpose TEXT NOT NULL,
    -- Whose it is: the id of a user, or of an invitation.
    subject TEXT NOT NULL,
    -- The address that it is bound to, as addresses are compared; NULL: to none.
    address TEXT,
    -- The id of the admin who made it, and without whose role it is worthless; NULL: an operator.
    made_by TEXT,
    expires_at TIMESTAMP NOT NULL
);

CREATE INDEX one_time_links_by_subject ON one_time_links (subject, purpose);
CREATE INDEX one_time_links_by_expiry ON one_time_links (expires_at);
