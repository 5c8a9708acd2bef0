-- Mail that waits to be sent, or that was given up. A row goes when the mail server has taken the letter.
CREATE TABLE mail_queue (
    -- Of the letter too: the same in Message-ID each time it is sent.
    id TEXT NOT NULL PRIMARY KEY,
    -- Whom it is about. The account may be gone by the time it is sent.
    user_id TEXT,
    -- Which letter it is, such as password_changed.
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL,
    -- Subject and text, encrypted with a key that is derived from the secret key.
    letter TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    -- When it is due. While it is being sent: until when nobody else takes it. None once it was given up.
    next_try_at TIMESTAMP,
    -- From when on one more failure ends it.
    give_up_at TIMESTAMP NOT NULL,
    given_up_at TIMESTAMP,
    tries BIGINT NOT NULL,
    -- Who sends it, as a number made for this one try.
    claim TEXT,
    last_error TEXT
);

CREATE INDEX mail_queue_due ON mail_queue (next_try_at);
CREATE INDEX mail_queue_of_user ON mail_queue (user_id);
