request-from-elsewhere = This came from another site, so nothing was done. If you meant it, open the page here and try again.
