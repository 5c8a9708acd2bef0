DROP TABLE login_counts;
DROP INDEX audit_events_by_address_and_id;
DROP INDEX audit_events_by_actor_and_id;
DROP INDEX audit_events_by_event_and_id;
