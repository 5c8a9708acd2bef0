approval-waits = Your account waits for an administrator to approve it. Try again later.
