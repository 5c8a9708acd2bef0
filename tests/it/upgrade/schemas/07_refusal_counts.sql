BEGIN TRANSACTION;
CREATE TABLE __diesel_schema_migrations (
       version VARCHAR(50) PRIMARY KEY NOT NULL,
       run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);
INSERT INTO "__diesel_schema_migrations" VALUES('20261122000001','2026-11-22 08:00:00');
INSERT INTO "__diesel_schema_migrations" VALUES('20261122000002','2026-11-22 08:00:00');
INSERT INTO "__diesel_schema_migrations" VALUES('20261122000003','2026-11-22 08:00:00');
INSERT INTO "__diesel_schema_migrations" VALUES('20261122000004','2026-11-22 08:00:00');
INSERT INTO "__diesel_schema_migrations" VALUES('20261122000005','2026-11-22 08:00:00');
INSERT INTO "__diesel_schema_migrations" VALUES('20261122000006','2026-11-22 08:00:00');
INSERT INTO "__diesel_schema_migrations" VALUES('20261124000010','2026-11-22 08:00:00');
INSERT INTO "__diesel_schema_migrations" VALUES('20261124000011','2026-11-22 08:00:00');
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
INSERT INTO "audit_events" VALUES('01936d2e-0000-7000-8000-000000000004','2026-11-22 08:00:00.000001','login.succeeded','01936d2e-0000-7000-8000-000000000001','01936d2e-0000-7000-8000-000000000001','127.0.0.1',NULL,'01936d2e-0000-7000-8000-000000000005',NULL);
CREATE TABLE devices (
    id TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- SHA-256 of the token, in hex.
    token_hash TEXT NOT NULL UNIQUE,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
, kind TEXT NOT NULL DEFAULT 'browser');
INSERT INTO "devices" VALUES('01936d2e-0000-7000-8000-000000000006','01936d2e-0000-7000-8000-000000000001','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','2026-11-22 08:00:00.000001','2099-01-01 00:00:00','browser');
CREATE TABLE refresh_tokens (
    -- SHA-256 of the token, in hex.
    token_hash TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    spent_at TIMESTAMP
);
INSERT INTO "refresh_tokens" VALUES('cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc','01936d2e-0000-7000-8000-000000000003','2026-11-22 08:00:00.000001',NULL);
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
INSERT INTO "refusal_counts" VALUES('2026-11-22','login.failed',1,2,0);
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
INSERT INTO "sessions" VALUES('01936d2e-0000-7000-8000-000000000003','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','01936d2e-0000-7000-8000-000000000001',0,'2026-11-22 08:00:00.000001','2026-11-22 08:00:00.000001','2026-11-22 08:00:00.000001','2099-01-01 00:00:00','2099-01-01 00:00:00','127.0.0.1',NULL,'browser');
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
);
INSERT INTO "signing_keys" VALUES('01936d2e-0000-7000-8000-000000000007','AAAA','11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo','2026-11-22 08:00:00.000001',NULL,NULL);
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
INSERT INTO "throttles" VALUES('user:01936d2e-0000-7000-8000-000000000001','2026-11-22 08:00:00.000001','2026-11-22 08:00:00.000001','2026-11-22 08:00:00.000001',3);
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
INSERT INTO "todos" VALUES('01936d2e-0000-7000-8000-000000000008','01936d2e-0000-7000-8000-000000000001','Repair the gate','',0,'2030-01-31','2026-11-22 08:00:00.000001','2026-11-22 08:00:00.000001');
CREATE TABLE user_data (
    user_id TEXT NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    data TEXT NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
INSERT INTO "user_data" VALUES('01936d2e-0000-7000-8000-000000000001','{"colour":"green"}','2026-11-22 08:00:00.000001');
CREATE TABLE user_roles (
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    PRIMARY KEY (user_id, role)
);
INSERT INTO "user_roles" VALUES('01936d2e-0000-7000-8000-000000000001','admin');
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
, display_name_folded TEXT NOT NULL DEFAULT '');
INSERT INTO "users" VALUES('01936d2e-0000-7000-8000-000000000001','roy','Roy','Roy@Example.com','roy@example.com','$bcrypt-sha256$v=2,t=2b,r=4$hfWddxVT3IpKtAfZTwK2k.$Yu/p1tigipUcWTisZX1C7A3hRnSt2i.','2026-11-22 08:00:00.000001',NULL,'2026-11-22 08:00:00.000001','roy');
INSERT INTO "users" VALUES('01936d2e-0000-7000-8000-000000000002','zoë','ZOË',NULL,NULL,NULL,NULL,'2026-11-22 08:00:00.000001','2026-11-22 08:00:00.000001','zoë');
CREATE INDEX user_roles_by_role ON user_roles (role);
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);
CREATE INDEX sessions_by_idle_expiry ON sessions (idle_expires_at);
CREATE INDEX audit_events_by_target ON audit_events (target, event, at);
CREATE INDEX audit_events_by_time ON audit_events (at);
CREATE INDEX throttles_by_time ON throttles (day_started_at);
CREATE INDEX devices_by_user ON devices (user_id);
CREATE INDEX devices_by_expiry ON devices (expires_at);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);
CREATE INDEX todos_by_user_and_due ON todos (user_id, due, id);
CREATE INDEX todos_by_user ON todos (user_id, id);
CREATE INDEX todos_by_due ON todos (due, id);
CREATE INDEX audit_events_by_event ON audit_events (event, at);
COMMIT;
