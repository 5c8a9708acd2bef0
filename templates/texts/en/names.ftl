names-email-invalid = Enter an email address like name@example.com.
names-display-name-invalid = A name has 1 to 60 characters, without control characters or marks that change the writing direction.
names-username-invalid = A username has 2 to 32 characters: letters a to z, digits, dot, dash and underscore; the first is a letter or a digit.
