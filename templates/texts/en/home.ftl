home-title = Home
home-hello = Hello, { $name }!
home-your-roles = Your roles
home-failures-since = { home-failures } since your last login
home-failures-before = { home-failures } before your first login
home-failures-last = { $count ->
        [one] It was
       *[other] The latest was
    } on <time>{ $at }</time>, from { $address }.
home-not-you = Not you? <link>Change your password</link>.
home-your-todos = Your todos
home-todos-overdue = { NUMBER($open) } open, <late>{ NUMBER($overdue) } overdue</late>.
home-todos-open = { NUMBER($open) } open.
home-todos-next = The next one is due on <time>{ $due }</time>:
home-see-todos = See todos
home-nothing-to-do = Nothing to do.
home-add-a-todo = Add a todo
home-your-last-login = Your last login
home-last-login-at = You logged in on <time>{ $at }</time>, from { $address }.
home-first-login = This is your first login on record. Welcome!
home-no-failures-since = No failed attempts since then.
home-no-failed-attempts = No failed attempts.
home-this-session = This session
home-session-since = Logged in from { $address } on <time>{ $since }</time>.
home-session-ends = Expires if unused by <soon>{ $idle }</soon>, and on <last>{ $end }</last> in any case.
home-failures = { $count ->
        [one] { NUMBER($count) } failed login attempt
       *[other] { NUMBER($count) } failed login attempts
    }
home-unknown-address = an unknown address
