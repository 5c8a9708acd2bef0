reset-title = Choose a new password
reset-means = For the account { $username }. Every browser and program is logged out of it then, and you log in with the new password.
reset-new-password = New password
reset-repeated-password = New password once more
reset-button = Change password
reset-done = Your password was changed, and everything was logged out. Log in with the new password.
