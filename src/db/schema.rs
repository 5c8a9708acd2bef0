// @generated automatically by Diesel CLI.

diesel::table! {
    audit_events (id) {
        id -> Text,
        at -> Timestamp,
        event -> Text,
        actor -> Nullable<Text>,
        target -> Nullable<Text>,
        address -> Nullable<Text>,
        user_agent -> Nullable<Text>,
        request_id -> Text,
        detail -> Nullable<Text>,
    }
}

diesel::table! {
    devices (id) {
        id -> Text,
        user_id -> Text,
        token_hash -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        kind -> Text,
    }
}

diesel::table! {
    imports (id) {
        id -> Text,
        state -> Text,
        source -> Text,
        touched_at -> Timestamp,
        imported -> BigInt,
        updated -> BigInt,
    }
}

diesel::table! {
    invitations (id) {
        id -> Text,
        note -> Text,
        roles -> Text,
        email -> Nullable<Text>,
        uses -> BigInt,
        used -> BigInt,
        made_by -> Nullable<Text>,
        created_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    key_checks (name) {
        name -> Text,
        value -> Text,
    }
}

diesel::table! {
    login_counts (day) {
        day -> Date,
        logins -> BigInt,
    }
}

diesel::table! {
    mail_queue (id) {
        id -> Text,
        user_id -> Nullable<Text>,
        kind -> Text,
        recipient -> Text,
        letter -> Text,
        created_at -> Timestamp,
        next_try_at -> Nullable<Timestamp>,
        give_up_at -> Timestamp,
        given_up_at -> Nullable<Timestamp>,
        tries -> BigInt,
        claim -> Nullable<Text>,
        last_error -> Nullable<Text>,
    }
}

diesel::table! {
    one_time_links (token_hash) {
        token_hash -> Text,
        purpose -> Text,
        subject -> Text,
        address -> Nullable<Text>,
        made_by -> Nullable<Text>,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    refresh_tokens (token_hash) {
        token_hash -> Text,
        session_id -> Text,
        created_at -> Timestamp,
        spent_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    refusal_counts (day, event, about_account) {
        day -> Date,
        event -> Text,
        about_account -> Bool,
        recorded -> BigInt,
        unrecorded -> BigInt,
    }
}

diesel::table! {
    reset_requests (id) {
        id -> Text,
        request -> Text,
        asked_at -> Timestamp,
    }
}

diesel::table! {
    sessions (id) {
        id -> Text,
        token_hash -> Text,
        user_id -> Text,
        remembered -> Bool,
        created_at -> Timestamp,
        authenticated_at -> Timestamp,
        last_seen_at -> Timestamp,
        idle_expires_at -> Timestamp,
        expires_at -> Timestamp,
        address -> Nullable<Text>,
        user_agent -> Nullable<Text>,
        kind -> Text,
    }
}

diesel::table! {
    sign_ups (id) {
        id -> Text,
        username -> Text,
        display_name -> Text,
        email -> Text,
        password_hash -> Text,
        data -> Nullable<Text>,
        invitation -> Nullable<Text>,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    signing_keys (id) {
        id -> Text,
        private_key -> Text,
        public_key -> Text,
        created_at -> Timestamp,
        rotated_at -> Nullable<Timestamp>,
        retired_at -> Nullable<Timestamp>,
        algorithm -> Nullable<Text>,
    }
}

diesel::table! {
    spent_captchas (nonce) {
        nonce -> Text,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    staged_logins (login) {
        login -> Text,
        place -> BigInt,
        line -> BigInt,
        is_made -> Bool,
        is_unproven -> Bool,
    }
}

diesel::table! {
    staged_roles (place, role) {
        place -> BigInt,
        role -> Text,
    }
}

diesel::table! {
    staged_users (place) {
        place -> BigInt,
        line -> BigInt,
        id -> Text,
        existing -> Nullable<Text>,
        username -> Nullable<Text>,
        username_from -> Nullable<Text>,
        former_name -> Nullable<Text>,
        display_name -> Text,
        display_name_folded -> Text,
        is_named -> Bool,
        email -> Nullable<Text>,
        email_canonical -> Nullable<Text>,
        password_hash -> Nullable<Text>,
        hash_kind -> Text,
        is_enabled -> Nullable<Bool>,
        disabled_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        deletes_at -> Nullable<Timestamp>,
        data -> Nullable<Text>,
        waits_for -> Nullable<Text>,
        email_confirmed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    throttles (subject) {
        subject -> Text,
        spent_until -> Timestamp,
        next_at -> Timestamp,
        day_started_at -> Timestamp,
        day_count -> BigInt,
    }
}

diesel::table! {
    todos (id) {
        id -> Text,
        user_id -> Text,
        title -> Text,
        description -> Text,
        done -> Bool,
        due -> Date,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    user_data (user_id) {
        user_id -> Text,
        data -> Text,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    user_roles (user_id, role) {
        user_id -> Text,
        role -> Text,
    }
}

diesel::table! {
    users (id) {
        id -> Text,
        username -> Text,
        display_name -> Text,
        email -> Nullable<Text>,
        email_canonical -> Nullable<Text>,
        password_hash -> Nullable<Text>,
        password_set_at -> Nullable<Timestamp>,
        disabled_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
        display_name_folded -> Text,
        deletes_at -> Nullable<Timestamp>,
        waits_for -> Nullable<Text>,
        former_name -> Nullable<Text>,
        email_confirmed_at -> Nullable<Timestamp>,
    }
}

diesel::joinable!(devices -> users (user_id));
diesel::joinable!(refresh_tokens -> sessions (session_id));
diesel::joinable!(sessions -> users (user_id));
diesel::joinable!(todos -> users (user_id));
diesel::joinable!(user_data -> users (user_id));
diesel::joinable!(user_roles -> users (user_id));

diesel::allow_tables_to_appear_in_same_query!(
    audit_events,
    devices,
    imports,
    invitations,
    key_checks,
    login_counts,
    mail_queue,
    one_time_links,
    refresh_tokens,
    refusal_counts,
    reset_requests,
    sessions,
    sign_ups,
    signing_keys,
    spent_captchas,
    staged_logins,
    staged_roles,
    staged_users,
    throttles,
    todos,
    user_data,
    user_roles,
    users,
);
