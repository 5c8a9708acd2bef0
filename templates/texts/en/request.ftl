request-from-elsewhere = This came from another site, so nothing was done. If you meant it, open the page here and try again.
request-needs-1-1 = This file is sent while it is being made, which needs HTTP/1.1. A proxy in front of this server has to ask with HTTP/1.1, too.
