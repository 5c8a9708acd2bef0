BEGIN TRANSACTION;
CREATE TABLE __diesel_schema_migrations (
       version VARCHAR(50) PRIMARY KEY NOT NULL,
       run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE audit_events (
    id TEXT NOT NULL PRIMARY KEY,
    at TIMESTAMP NOT NULL,
    event TEXT NOT NULL,
    -- A user's id, 'operator' for the command line, NULL for a stranger.
    actor TEXT,
    -- The id of the user it was done to.
    target TEXT,
    address TEXT,
    user_agent TEXT,
    request_id TEXT NOT NULL,
    detail TEXT
);
CREATE TABLE devices (
    id TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- SHA-256 of the token, in hex.
    token_hash TEXT NOT NULL UNIQUE,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
, kind TEXT NOT NULL DEFAULT 'browser');
CREATE TABLE imports (
    id TEXT NOT NULL PRIMARY KEY,
    -- 'reading': rows are being staged. 'checking': nobody else may take the names any more. 'applying': it was decided
    -- that the accounts are made, and whoever comes next goes on with that.
    state TEXT NOT NULL,
    -- What the accounts came from, such as the name of a file.
    source TEXT NOT NULL,
    -- When it last did something.
    touched_at TIMESTAMP NOT NULL,
    -- How many accounts it has made and changed so far.
    imported BIGINT NOT NULL,
    updated BIGINT NOT NULL
);
CREATE TABLE invitations (
    id TEXT NOT NULL PRIMARY KEY,
    -- What it is for, in words; empty: nothing was said.
    note TEXT NOT NULL,
    -- The roles that it gives, with spaces between them.
    roles TEXT NOT NULL,
    -- The only address that may sign up with it, as it was given; NULL: any.
    email TEXT,
    -- How many accounts may be made with it, and how many were.
    uses BIGINT NOT NULL,
    used BIGINT NOT NULL,
    -- The id of the admin who made it; NULL: an operator.
    made_by TEXT,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);
CREATE TABLE key_checks (
    -- 'secret_key'.
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);
CREATE TABLE login_counts (
    day DATE NOT NULL PRIMARY KEY,
    logins BIGINT NOT NULL
);
CREATE TABLE mail_queue (
    -- Of the letter too: the same in Message-ID each time it is sent.
    id TEXT NOT NULL PRIMARY KEY,
    -- Whom it is about. The account may be gone by the time it is sent.
    user_id TEXT,
    -- Which letter it is, such as password_changed.
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL,
    -- Subject and text, encrypted with a key that is derived from the secret key.
    letter TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    -- When it is due. While it is being sent: until when nobody else takes it. None once it was given up.
    next_try_at TIMESTAMP,
    -- From when on one more failure ends it.
    give_up_at TIMESTAMP NOT NULL,
    given_up_at TIMESTAMP,
    tries BIGINT NOT NULL,
    -- Who sends it, as a number made for this one try.
    claim TEXT,
    last_error TEXT
);
CREATE TABLE one_time_links (
    -- SHA-256 of the token, in hex: the token itself is only in the link.
    token_hash TEXT NOT NULL PRIMARY KEY,
    -- What it is for, such as 'reset'.
    purpose TEXT NOT NULL,
    -- Whose it is: the id of a user, or of an invitation.
    subject TEXT NOT NULL,
    -- The address that it is bound to, as addresses are compared; NULL: to none.
    address TEXT,
    -- The id of the admin who made it, and without whose role it is worthless; NULL: an operator.
    made_by TEXT,
    expires_at TIMESTAMP NOT NULL
);
CREATE TABLE refresh_tokens (
    -- SHA-256 of the token, in hex.
    token_hash TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    spent_at TIMESTAMP
);
CREATE TABLE refusal_counts (
    day DATE NOT NULL,
    -- The name of the event, such as 'login.failed'.
    event TEXT NOT NULL,
    -- Whether they concern an account, as actor or target, or nobody that we know. The two are bounded apart, so that
    -- noise does not hide what concerns an account.
    about_account BOOLEAN NOT NULL,
    -- Those that have a row of their own in audit_events, or had one until newer ones took its place.
    recorded BIGINT NOT NULL,
    -- Those that are only counted here.
    unrecorded BIGINT NOT NULL,
    PRIMARY KEY (day, event, about_account)
);
CREATE TABLE reset_requests (
    id TEXT NOT NULL PRIMARY KEY,
    -- The name and who typed it, encrypted with a key that is derived from the secret key: it may be a password typed
    -- into the wrong field.
    request TEXT NOT NULL,
    asked_at TIMESTAMP NOT NULL
);
CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    -- SHA-256 of the token, in hex: the token itself is only in the browser.
    token_hash TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    remembered BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL,
    authenticated_at TIMESTAMP NOT NULL,
    last_seen_at TIMESTAMP NOT NULL,
    -- The session ends at whichever of the two comes first.
    idle_expires_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    address TEXT,
    user_agent TEXT
, kind TEXT NOT NULL DEFAULT 'browser');
CREATE TABLE sign_ups (
    id TEXT NOT NULL PRIMARY KEY,
    -- The name to log in by, canonical.
    username TEXT NOT NULL,
    display_name TEXT NOT NULL,
    -- As it was given; the link went there, if no account had it.
    email TEXT NOT NULL,
    -- As in users.
    password_hash TEXT NOT NULL,
    -- What an app wants to keep for them, as JSON.
    data TEXT,
    -- The id of the invitation that they have; NULL: none.
    invitation TEXT,
    expires_at TIMESTAMP NOT NULL
);
CREATE TABLE signing_keys (
    id TEXT NOT NULL PRIMARY KEY,
    -- PKCS #8, encrypted with a key derived from the secret key, in base64.
    private_key TEXT NOT NULL,
    -- 32 bytes, in base64url without padding, as in a JWK's x.
    public_key TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    -- Since when it signs no more; what it signed stays valid until it expires.
    rotated_at TIMESTAMP,
    -- Since when nothing that it signed is valid.
    retired_at TIMESTAMP
, algorithm TEXT);
CREATE TABLE spent_captchas (
    nonce TEXT NOT NULL PRIMARY KEY,
    expires_at TIMESTAMP NOT NULL
);
CREATE TABLE staged_logins (
    login TEXT NOT NULL PRIMARY KEY,
    place BIGINT NOT NULL,
    line BIGINT NOT NULL,
    -- Whether it is a username that was made up: it gives way to one that stands in the file.
    is_made BOOLEAN NOT NULL
, is_unproven BOOLEAN NOT NULL DEFAULT FALSE);
CREATE TABLE staged_roles (
    place BIGINT NOT NULL,
    role TEXT NOT NULL,
    PRIMARY KEY (place, role)
);
CREATE TABLE staged_users (
    -- In the order of the file, from 1.
    place BIGINT NOT NULL PRIMARY KEY,
    -- Where it is in the file, for messages.
    line BIGINT NOT NULL,
    id TEXT NOT NULL,
    -- The account that is changed; NULL: a new one is made.
    existing TEXT,
    -- NULL until one is made from the next column.
    username TEXT,
    username_from TEXT,
    former_name TEXT,
    display_name TEXT NOT NULL,
    display_name_folded TEXT NOT NULL,
    -- Whether the file tells the display name.
    is_named BOOLEAN NOT NULL,
    email TEXT,
    email_canonical TEXT,
    password_hash TEXT,
    -- What kind of hash it is, for the report.
    hash_kind TEXT NOT NULL,
    -- Whether the account may log in; NULL where the file does not tell.
    is_enabled BOOLEAN,
    disabled_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL,
    deletes_at TIMESTAMP,
    -- JSON.
    data TEXT
, waits_for TEXT, email_confirmed_at TIMESTAMP);
CREATE TABLE throttles (
    -- 'user:<id>', 'name:<keyed hash of a name that nobody has>' or 'device:<id>'.
    subject TEXT NOT NULL PRIMARY KEY,
    -- When all attempts will have come back.
    spent_until TIMESTAMP NOT NULL,
    -- No attempt before this.
    next_at TIMESTAMP NOT NULL,
    day_started_at TIMESTAMP NOT NULL,
    day_count BIGINT NOT NULL
);
CREATE TABLE todos (
    id TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    -- Lines end with LF; empty when there is none.
    description TEXT NOT NULL,
    done BOOLEAN NOT NULL,
    due DATE NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE TABLE user_data (
    user_id TEXT NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    data TEXT NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE TABLE user_roles (
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    PRIMARY KEY (user_id, role)
);
CREATE TABLE users (
    id TEXT NOT NULL PRIMARY KEY,
    -- Canonical: NFKC, lower case.
    username TEXT NOT NULL UNIQUE,
    display_name TEXT NOT NULL,
    -- As it was given; mail goes here.
    email TEXT,
    -- What addresses are compared by.
    email_canonical TEXT UNIQUE,
    -- passlib's format, $bcrypt-sha256$v=2,… ; NULL: nobody can log in by password.
    password_hash TEXT,
    -- When someone chose the password; a hash that is replaced by a stronger one is still of the same password.
    password_set_at TIMESTAMP,
    disabled_at TIMESTAMP,
    created_at TIMESTAMP NOT NULL
, display_name_folded TEXT NOT NULL DEFAULT '', deletes_at TIMESTAMP, former_name TEXT, waits_for TEXT, email_confirmed_at TIMESTAMP);
INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('20261122000001', '2026-11-22 08:00:00');
INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('20261122000002', '2026-11-22 08:00:00');
INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('20261122000003', '2026-11-22 08:00:00');
INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('20261122000004', '2026-11-22 08:00:00');
INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('20261122000005', '2026-11-22 08:00:00');
INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('20261122000006', '2026-11-22 08:00:00');
INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('20261124000010', '2026-11-22 08:00:00');
INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('20261124000011', '2026-11-22 08:00:00');
INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('20261128000020', '2026-11-22 08:00:00');
INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('20261128000030', '2026-11-22 08:00:00');
INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('20261128000031', '2026-11-22 08:00:00');
INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('20261128000040', '2026-11-22 08:00:00');
INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('20261128000100', '2026-11-28 07:48:47');
INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('20261128000200', '2026-11-28 07:48:47');
INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('20261128000201', '2026-11-28 07:48:47');
INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('20261128000202', '2026-11-28 07:48:47');
INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('20261128000300', '2026-11-28 07:48:47');
INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('20261128000101', '2026-11-28 08:00:46');
INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('20261128000600', '2026-11-28 08:00:00');
INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('20261128000700', '2026-11-28 09:58:04');
INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('20261128000900', '2026-11-28 10:00:00');
INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('20261128001000', '2026-11-28 10:00:00');
INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('20261128000910', '2026-11-28 10:00:00');
INSERT INTO audit_events (id, at, event, actor, target, address, user_agent, request_id, detail) VALUES ('01936d2e-0000-7000-8000-000000000004', '2026-11-22 08:00:00.000001', 'login.succeeded', '01936d2e-0000-7000-8000-000000000001', '01936d2e-0000-7000-8000-000000000001', '127.0.0.1', NULL, '01936d2e-0000-7000-8000-000000000005', NULL);
INSERT INTO devices (id, user_id, token_hash, created_at, expires_at, kind) VALUES ('01936d2e-0000-7000-8000-000000000006', '01936d2e-0000-7000-8000-000000000001', 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', '2026-11-22 08:00:00.000001', '2099-01-01 00:00:00', 'browser');
INSERT INTO imports (id, state, source, touched_at, imported, updated) VALUES ('01936d2e-0000-7000-8000-00000000000b', 'reading', 'users.csv', '2026-11-28 08:00:00.000001', 0, 0);
INSERT INTO invitations (id, note, roles, email, uses, used, made_by, created_at, expires_at) VALUES ('01936d2e-0000-7000-8000-000000000009', 'The neighbours', 'staff', NULL, 5, 1, '01936d2e-0000-7000-8000-000000000001', '2026-11-28 08:00:00.000001', '2099-01-01 00:00:00');
INSERT INTO login_counts (day, logins) VALUES ('2026-11-27', 12);
INSERT INTO mail_queue (id, user_id, kind, recipient, letter, created_at, next_try_at, give_up_at, given_up_at, tries, claim, last_error) VALUES ('01936d2e-0000-7000-8000-00000000000a', '01936d2e-0000-7000-8000-000000000001', 'new_device', 'roy@example.com', 'AAAA', '2026-11-28 08:00:00.000001', NULL, '2026-11-29 08:00:00.000001', '2026-11-29 08:00:00.000001', 9, NULL, 'no answer within 30 seconds');
INSERT INTO one_time_links (token_hash, purpose, subject, address, made_by, expires_at) VALUES ('eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee', 'invitation', '01936d2e-0000-7000-8000-000000000009', NULL, '01936d2e-0000-7000-8000-000000000001', '2099-01-01 00:00:00');
INSERT INTO refresh_tokens (token_hash, session_id, created_at, spent_at) VALUES ('cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc', '01936d2e-0000-7000-8000-000000000003', '2026-11-22 08:00:00.000001', NULL);
INSERT INTO refusal_counts (day, event, about_account, recorded, unrecorded) VALUES ('2026-11-22', 'login.failed', 1, 2, 0);
INSERT INTO reset_requests (id, request, asked_at) VALUES ('019acc00-0000-7000-8000-000000000001', 'c2VhbGVk', '2026-11-28 10:00:00');
INSERT INTO sessions (id, token_hash, user_id, remembered, created_at, authenticated_at, last_seen_at, idle_expires_at, expires_at, address, user_agent, kind) VALUES ('01936d2e-0000-7000-8000-000000000003', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', '01936d2e-0000-7000-8000-000000000001', 0, '2026-11-22 08:00:00.000001', '2026-11-22 08:00:00.000001', '2026-11-22 08:00:00.000001', '2099-01-01 00:00:00', '2099-01-01 00:00:00', '127.0.0.1', NULL, 'browser');
INSERT INTO sign_ups (id, username, display_name, email, password_hash, data, invitation, expires_at) VALUES ('019acc00-0000-7000-8000-000000000002', 'anna', 'Anna', 'anna@example.com', '$bcrypt-sha256$v=2,t=2b,r=4$hfWddxVT3IpKtAfZTwK2k.$Yu/p1tigipUcWTisZX1C7A3hRnSt2i.', NULL, NULL, '2026-11-29 10:00:00');
INSERT INTO signing_keys (id, private_key, public_key, created_at, rotated_at, retired_at, algorithm) VALUES ('01936d2e-0000-7000-8000-000000000007', 'AAAA', '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', '2026-11-22 08:00:00.000001', NULL, NULL, NULL);
INSERT INTO spent_captchas (nonce, expires_at) VALUES ('dddddddddddddddd', '2099-01-01 00:00:00');
INSERT INTO staged_logins (login, place, line, is_made, is_unproven) VALUES ('anna', 1, 2, 0, 0);
INSERT INTO staged_roles (place, role) VALUES (1, 'staff');
INSERT INTO staged_users (place, line, id, existing, username, username_from, former_name, display_name, display_name_folded, is_named, email, email_canonical, password_hash, hash_kind, is_enabled, disabled_at, created_at, deletes_at, data, waits_for, email_confirmed_at) VALUES (1, 2, '01936d2e-0000-7000-8000-00000000000c', NULL, 'anna', NULL, NULL, 'Anna', 'anna', 1, NULL, NULL, NULL, 'no password', NULL, NULL, '2026-11-28 08:00:00.000001', NULL, NULL, NULL, NULL);
INSERT INTO throttles (subject, spent_until, next_at, day_started_at, day_count) VALUES ('user:01936d2e-0000-7000-8000-000000000001', '2026-11-22 08:00:00.000001', '2026-11-22 08:00:00.000001', '2026-11-22 08:00:00.000001', 3);
INSERT INTO todos (id, user_id, title, description, done, due, created_at, updated_at) VALUES ('01936d2e-0000-7000-8000-000000000008', '01936d2e-0000-7000-8000-000000000001', 'Repair the gate', '', 0, '2030-01-31', '2026-11-22 08:00:00.000001', '2026-11-22 08:00:00.000001');
INSERT INTO user_data (user_id, data, updated_at) VALUES ('01936d2e-0000-7000-8000-000000000001', '{"colour":"green"}', '2026-11-22 08:00:00.000001');
INSERT INTO user_roles (user_id, role) VALUES ('01936d2e-0000-7000-8000-000000000001', 'admin');
INSERT INTO users (id, username, display_name, email, email_canonical, password_hash, password_set_at, disabled_at, created_at, display_name_folded, deletes_at, former_name, waits_for, email_confirmed_at) VALUES ('01936d2e-0000-7000-8000-000000000001', 'roy', 'Roy', 'Roy@Example.com', 'roy@example.com', '$bcrypt-sha256$v=2,t=2b,r=4$hfWddxVT3IpKtAfZTwK2k.$Yu/p1tigipUcWTisZX1C7A3hRnSt2i.', '2026-11-22 08:00:00.000001', NULL, '2026-11-22 08:00:00.000001', 'roy', NULL, NULL, NULL, '2026-11-22 08:00:00.000001');
INSERT INTO users (id, username, display_name, email, email_canonical, password_hash, password_set_at, disabled_at, created_at, display_name_folded, deletes_at, former_name, waits_for, email_confirmed_at) VALUES ('01936d2e-0000-7000-8000-000000000002', 'zoë', 'ZOË', NULL, NULL, NULL, NULL, '2026-11-22 08:00:00.000001', '2026-11-22 08:00:00.000001', 'zoë', NULL, NULL, NULL, NULL);
CREATE INDEX audit_events_by_actor_and_id ON audit_events (actor, id);
CREATE INDEX audit_events_by_address_and_id ON audit_events (address, id);
CREATE INDEX audit_events_by_event ON audit_events (event, at);
CREATE INDEX audit_events_by_event_and_id ON audit_events (event, id);
CREATE INDEX audit_events_by_target ON audit_events (target, event, at);
CREATE INDEX audit_events_by_target_and_id ON audit_events (target, id);
CREATE INDEX audit_events_by_time ON audit_events (at);
CREATE INDEX devices_by_expiry ON devices (expires_at);
CREATE INDEX devices_by_user ON devices (user_id);
CREATE INDEX invitations_by_expiry ON invitations (expires_at);
CREATE INDEX mail_queue_due ON mail_queue (next_try_at);
CREATE INDEX mail_queue_of_user ON mail_queue (user_id);
CREATE INDEX one_time_links_by_expiry ON one_time_links (expires_at);
CREATE INDEX one_time_links_by_subject ON one_time_links (subject, purpose);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
CREATE INDEX sessions_by_idle_expiry ON sessions (idle_expires_at);
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sign_ups_by_expiry ON sign_ups (expires_at);
CREATE INDEX sign_ups_by_username ON sign_ups (username);
CREATE INDEX spent_captchas_expires_at ON spent_captchas (expires_at);
CREATE INDEX staged_logins_by_place ON staged_logins (place);
CREATE INDEX throttles_by_time ON throttles (day_started_at);
CREATE INDEX todos_by_due ON todos (due, id);
CREATE INDEX todos_by_user ON todos (user_id, id);
CREATE INDEX todos_by_user_and_due ON todos (user_id, due, id);
CREATE INDEX user_roles_by_role ON user_roles (role);
CREATE INDEX user_roles_by_role_and_user ON user_roles (role, user_id);
CREATE INDEX users_by_deletion ON users (deletes_at);
CREATE UNIQUE INDEX users_by_former_name ON users (former_name);
CREATE INDEX users_by_name ON users (display_name_folded, id);
CREATE INDEX users_by_waiting ON users (waits_for, username);
CREATE INDEX users_deleting ON users (username) WHERE deletes_at IS NOT NULL;
CREATE INDEX users_disabled ON users (username) WHERE disabled_at IS NOT NULL;
COMMIT;
