-- Invitations to sign up. The token of the link is in one_time_links.
CREATE TABLE invitations (
    id TEXT NOT NULL PRIMARY KEY,
    -- What it is for, in words; empty: nothing was said.
    note TEXT NOT NULL,
    -- The roles that it gives, with spaces between them.
    roles TEXT NOT NULL,
    -- The only address that may sign up with it, as it was given; NULL: any.
    email TEXT,
    -- How many accounts may be made with it, and how many were.
    uses BIGINT NOT NULL,
    used BIGINT NOT NULL,
    -- The id of the admin who made it; NULL: an operator.
    made_by TEXT,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);

CREATE INDEX invitations_by_expiry ON invitations (expires_at);
