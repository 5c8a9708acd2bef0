//! What can happen to accounts, and what the audit records of any event. What was refused is in `refusals`.

/// What the audit records of an event of any feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub(super) name: &'static str,
    pub(super) changes_identity: bool,
}

impl Entry {
    /// An event of another feature, by its name. It doesn't change who somebody is.
    pub const fn of_another_room(name: &'static str) -> Entry {
        Entry { name, changes_identity: false }
    }
}

impl From<Event> for Entry {
    fn from(event: Event) -> Entry {
        Entry { name: event.as_str(), changes_identity: event.changes_identity() }
    }
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// A login with the right password.
    LoginSucceeded,
    /// Someone signed in confirmed with the password that it is still them; their session has another token.
    LoginConfirmed,
    /// The first admin was made, by the setup link.
    SetupCompleted,
    /// An operator made an access token.
    TokenIssued,
    /// A spent refresh token came back; its session was ended.
    RefreshTokenReused,
    /// Tokens are signed with a new key.
    KeyRotated,
    /// All tokens of a key were made invalid.
    KeyRetired,
    /// The secret key was replaced by another one.
    SecretRotated,
    /// A node made the backup that was due, for all nodes of its database.
    DatabaseBackedUp,
    /// The database is that of a backup.
    DatabaseRestored,
    /// Someone ended their own session.
    LoggedOut,
    /// An operator ended sessions.
    SessionsEnded,
    /// An account was made.
    UserCreated,
    /// Accounts were made, or changed, from another program's.
    UsersImported,
    /// All accounts were read, with their password hashes, for another program.
    UsersExported,
    /// The name or the address of an account was changed.
    UserChanged,
    /// Someone asked for another address, which has to be confirmed by a link first.
    EmailChangeAsked,
    /// They don't want it any more.
    EmailChangeCancelled,
    /// Someone has shown, by the link that went there, that the address of an account is theirs.
    EmailConfirmed,
    /// An account has its former address again, by the link that undoes a change; its logins and its password ended.
    EmailChangeUndone,
    /// What an app keeps for a user was changed.
    UserDataChanged,
    /// An account got another username.
    UserRenamed,
    /// An account got another password.
    PasswordSet,
    /// An admin made a link by which the owner of an account chooses a new password.
    ResetLinkMade,
    /// Someone asked for such a link, and it was sent to the address of the account.
    ResetLinkMailed,
    /// Someone chose a new password by such a link.
    PasswordReset,
    /// The owner of an account said that a login was not theirs: all logins ended, and the password is gone.
    LoginDisowned,
    /// An invitation was made.
    InvitationMade,
    /// An invitation was made worthless.
    InvitationRevoked,
    /// Someone signed up with an invitation.
    InvitationUsed,
    /// Someone wants an account, and a letter went to the address that they gave.
    SignUpAsked,
    /// An account that was made has to wait.
    UserWaiting,
    /// An admin let the owner of a waiting account log in.
    UserApproved,
    /// An admin removed a waiting account.
    UserRejected,
    /// An account was given a role.
    RoleAdded,
    /// A role was taken away.
    RoleRemoved,
    /// An operator cleared failed attempts.
    ThrottleCleared,
    /// An account may log in again.
    UserEnabled,
    /// An account can no longer log in.
    UserDisabled,
    /// The owner of an account wants it to be removed after some days; its logins ended.
    UserDeletionRequested,
    /// The owner has logged in before that, so the account is kept.
    UserDeletionCancelled,
    /// An account was removed with all that belongs to it.
    UserDeleted,
    /// A letter could not be delivered: its address does not exist, or the mail server did not take it for a day.
    MailGivenUp,
    /// An operator had letters tried again.
    MailRetried,
    /// An operator removed letters that were not sent.
    MailDropped,
}

impl Event {
    /// The name of the event in the audit.
    pub fn as_str(self) -> &'static str {
        match self {
            Event::LoginSucceeded => "login.succeeded",
            Event::LoginConfirmed => "login.confirmed",
            Event::SetupCompleted => "setup.completed",
            Event::TokenIssued => "token.issued",
            Event::RefreshTokenReused => "token.reused",
            Event::KeyRotated => "key.rotated",
            Event::KeyRetired => "key.retired",
            Event::SecretRotated => "secret.rotated",
            Event::DatabaseBackedUp => "database.backed_up",
            Event::DatabaseRestored => "database.restored",
            Event::LoggedOut => "logout",
            Event::SessionsEnded => "session.ended",
            Event::UserCreated => "user.created",
            Event::UsersImported => "users.imported",
            Event::UsersExported => "users.exported",
            Event::UserChanged => "user.changed",
            Event::EmailChangeAsked => "email_change.asked",
            Event::EmailChangeCancelled => "email_change.cancelled",
            Event::EmailConfirmed => "email.confirmed",
            Event::EmailChangeUndone => "email_change.undone",
            Event::UserDataChanged => "user.data_changed",
            Event::UserRenamed => "user.renamed",
            Event::PasswordSet => "password.set",
            Event::ResetLinkMade => "password.reset_link",
            Event::ResetLinkMailed => "password.reset_mailed",
            Event::PasswordReset => "password.reset",
            Event::LoginDisowned => "login.disowned",
            Event::InvitationMade => "invitation.made",
            Event::InvitationRevoked => "invitation.revoked",
            Event::InvitationUsed => "invitation.used",
            Event::SignUpAsked => "sign_up.asked",
            Event::UserWaiting => "user.waiting",
            Event::UserApproved => "user.approved",
            Event::UserRejected => "user.rejected",
            Event::RoleAdded => "role.added",
            Event::RoleRemoved => "role.removed",
            Event::ThrottleCleared => "throttle.cleared",
            Event::UserEnabled => "user.enabled",
            Event::UserDisabled => "user.disabled",
            Event::UserDeletionRequested => "user.deletion_requested",
            Event::UserDeletionCancelled => "user.deletion_cancelled",
            Event::UserDeleted => "user.deleted",
            Event::MailGivenUp => "mail.given_up",
            Event::MailRetried => "mail.retried",
            Event::MailDropped => "mail.dropped",
        }
    }

    /// Whether an event makes what is remembered of its target wrong: a session, the account, or its roles.
    fn changes_identity(self) -> bool {
        match self {
            Event::LoginConfirmed
            | Event::RefreshTokenReused
            | Event::KeyRetired
            | Event::SecretRotated
            | Event::DatabaseRestored
            | Event::LoggedOut
            | Event::SessionsEnded
            | Event::UserChanged
            | Event::UserRenamed
            | Event::EmailConfirmed
            | Event::EmailChangeUndone
            | Event::PasswordSet
            | Event::LoginDisowned
            | Event::RoleAdded
            | Event::RoleRemoved
            | Event::UserEnabled
            | Event::UserDisabled
            | Event::UserDeletionRequested
            | Event::UserDeletionCancelled
            | Event::UserDeleted => true,
            Event::LoginSucceeded
            | Event::SetupCompleted
            | Event::TokenIssued
            | Event::KeyRotated
            | Event::DatabaseBackedUp
            | Event::ResetLinkMade
            | Event::ResetLinkMailed
            | Event::PasswordReset
            | Event::InvitationMade
            | Event::InvitationRevoked
            | Event::InvitationUsed
            | Event::SignUpAsked
            | Event::UserWaiting
            | Event::UserApproved
            | Event::UserRejected
            | Event::UserCreated
            | Event::UsersImported
            | Event::UsersExported
            | Event::EmailChangeAsked
            | Event::EmailChangeCancelled
            | Event::UserDataChanged
            | Event::ThrottleCleared
            | Event::MailGivenUp
            | Event::MailRetried
            | Event::MailDropped => false,
        }
    }
}
