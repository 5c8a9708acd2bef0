not-me-title = Wasn’t it you?
not-me-what = Somebody logged in to the account <strong>{ $username }</strong> with a new browser. If that was not you, they know its password.
not-me-means = This button logs out every browser and program, and makes that password useless. Then you choose a new one.
not-me-button = It wasn’t me
not-me-no = It was me: change nothing
