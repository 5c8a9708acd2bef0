-- How many refusals there were on a day (UTC): strangers can cause any number of them, so only so many get a row each.
CREATE TABLE refusal_counts (
    day DATE NOT NULL,
    -- The name of the event, such as 'login.failed'.
    event TEXT NOT NULL,
    -- Whether they concern an account, as actor or target, or nobody that we know. The two are bounded apart, so that
    -- noise does not hide what concerns an account.
    about_account BOOLEAN NOT NULL,
    -- Those that have a row of their own in audit_events, or had one until newer ones took its place.
    recorded BIGINT NOT NULL,
    -- Those that are only counted here.
    unrecorded BIGINT NOT NULL,
    PRIMARY KEY (day, event, about_account)
);

CREATE INDEX audit_events_by_event ON audit_events (event, at);
