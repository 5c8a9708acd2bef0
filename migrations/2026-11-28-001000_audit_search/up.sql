-- Admins read the audit in pages, the latest first, narrowed down to an event, a person or an address: ids sort by the
-- time they were made. What was done to someone has such an index already.
CREATE INDEX audit_events_by_event_and_id ON audit_events (event, id);
CREATE INDEX audit_events_by_actor_and_id ON audit_events (actor, id);
CREATE INDEX audit_events_by_address_and_id ON audit_events (address, id);

-- How many logins there were on a day (UTC) that is over, so that nobody counts them each time. Refusals have counts of
-- their own, in refusal_counts.
CREATE TABLE login_counts (
    day DATE NOT NULL PRIMARY KEY,
    logins BIGINT NOT NULL
);
