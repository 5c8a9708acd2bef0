-- What people have to do.
CREATE TABLE todos (
    id TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    -- Lines end with LF; empty when there is none.
    description TEXT NOT NULL,
    done BOOLEAN NOT NULL,
    due DATE NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);

-- Ids sort by the time they were made, so they serve as the order of creation too, and break ties of days.
CREATE INDEX todos_by_user_and_due ON todos (user_id, due, id);
CREATE INDEX todos_by_user ON todos (user_id, id);
CREATE INDEX todos_by_due ON todos (due, id);
