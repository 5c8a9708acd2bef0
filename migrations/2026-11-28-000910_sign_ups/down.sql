DROP TABLE sign_ups;
ALTER TABLE staged_users DROP COLUMN email_confirmed_at;
ALTER TABLE users DROP COLUMN email_confirmed_at;
