-- The directory of accounts is read in pages, by the beginning of a display name, by role and by state.
CREATE INDEX users_by_name ON users (display_name_folded, id);
CREATE INDEX user_roles_by_role_and_user ON user_roles (role, user_id);
CREATE INDEX users_disabled ON users (username) WHERE disabled_at IS NOT NULL;
CREATE INDEX users_deleting ON users (username) WHERE deletes_at IS NOT NULL;
