one-time-link-title = This link does not work
one-time-link-why = It was used already, is too old, was replaced by a newer one, or was copied in part. Ask whoever gave it to you for a new one. For a new password you can also <link>get another link</link>.
one-time-link-back-to-home = Back to home
