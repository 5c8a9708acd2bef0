invitation-uses-invalid = This has to be a number from 1 to 10000.
invitation-days-invalid = This has to be a number from 1 to 365.
invitation-note-invalid = A note is one line of at most 200 characters.
