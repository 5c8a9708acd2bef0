DROP INDEX users_by_waiting;
ALTER TABLE users DROP COLUMN waits_for;
