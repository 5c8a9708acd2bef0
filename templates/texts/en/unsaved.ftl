unsaved-log-in = Your session has ended, so nothing was saved. Log in to continue.
unsaved-not-yet = Your session had ended, so this is not saved yet. Check it, then save it again.
unsaved-not-kept = Your session had ended, so nothing was saved. What you typed was too long to keep: please enter it again.
unsaved-nothing-done = Your session had ended, so nothing was changed. Please try again.
unsaved-perhaps-done = You logged in again since this page was opened. If you sent it twice, the first time was enough; otherwise nothing was saved: reload the page and try again.
unsaved-logged-in-again = You logged in again elsewhere, so nothing was saved. Reload the page and try again.
