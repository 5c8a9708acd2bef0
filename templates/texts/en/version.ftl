version-stale = This was changed in the meantime, or is not as you expected it. Read it again, then decide.
