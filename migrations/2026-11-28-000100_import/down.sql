DROP TABLE staged_logins;
DROP TABLE staged_roles;
DROP TABLE staged_users;
DROP TABLE imports;
DROP INDEX users_by_former_name;
ALTER TABLE users DROP COLUMN former_name;
