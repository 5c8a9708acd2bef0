DROP INDEX users_deleting;
DROP INDEX users_disabled;
DROP INDEX user_roles_by_role_and_user;
DROP INDEX users_by_name;
