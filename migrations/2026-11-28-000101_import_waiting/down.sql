ALTER TABLE staged_logins DROP COLUMN is_unproven;
ALTER TABLE staged_users DROP COLUMN waits_for;
