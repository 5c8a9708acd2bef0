logout-title = Log out
logout-question = Log out?
logout-who-both = You are logged in as <strong>{ $name }</strong> ({ $username }).
logout-who = You are logged in as <strong>{ $name }</strong>.
logout-no = No, stay logged in
logout-done = You’re logged out.
