session-ended = Your login has ended. Log in again.
session-admins-only = Admins only!
