user-not-found = No user named { $name }.
user-username-taken = This username is taken.
user-email-taken = This email address belongs to another account.
user-disabled = { $name } is disabled: enable the account first.
user-not-waiting = { $name } does not wait for approval.
user-last-admin = This is the last admin: give the role admin to someone else first.
user-role-invalid = A role has 1 to 32 characters: letters a to z, digits, dash and underscore; the first is a letter.
