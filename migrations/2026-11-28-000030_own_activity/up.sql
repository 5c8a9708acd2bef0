-- People read what happened to their account, the latest first: ids sort by the time they were made.
CREATE INDEX audit_events_by_target_and_id ON audit_events (target, id);
