DROP INDEX audit_events_by_event;
DROP TABLE refusal_counts;
