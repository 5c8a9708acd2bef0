-- The piece of data that an app keeps for a user: any JSON.
CREATE TABLE user_data (
    user_id TEXT NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    data TEXT NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
