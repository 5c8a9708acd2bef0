admin-overview-title = Overview
admin-overview-version = Vestibule { $version }
admin-overview-chart-numbers = <number>{ NUMBER($total) }</number> in 30 days, { NUMBER($today) } today
admin-overview-today = Today
admin-overview-chart-most = Most on { $day }: { NUMBER($number) }.
admin-overview-waiting-for-approval = Waiting for approval
admin-overview-and-more = and more
admin-overview-decide-about-them = Decide about them
admin-overview-nobody-waits = Nobody waits.
admin-overview-mail = Mail
admin-overview-waiting = Waiting
admin-overview-oldest = Oldest
admin-overview-given-up = Given up
admin-overview-mail-why = <code>vestibule mail queue list</code> tells why.
admin-overview-mail-off = No mail is sent: <code>mail_transport</code> is off.
admin-overview-worth-a-look = Worth a look
admin-overview-wrong = Wrong
admin-overview-note = Note
admin-overview-nothing-found = Nothing was found at a glance.
admin-overview-check = <code>vestibule check</code> looks at the rest: the database, the keys, and how long a login takes.
admin-overview-days-table = Logins per day, as a table
admin-overview-logins-per-day = Logins per day
admin-overview-day-utc = Day (UTC)
admin-overview-logins = Logins
admin-overview-failed-or-refused = Failed or refused
admin-overview-or-more = { $count } or more
admin-overview-accounts = { $count ->
        [one] { $count } account:
       *[other] { $count } accounts:
    }
admin-overview-accounts-or-more = { $count } or more accounts:
admin-overview-failures = Failed or refused logins
admin-overview-no-logins = Nobody has logged in in this time.
admin-overview-no-failures = No login has failed in this time.
admin-overview-bar = { $day }: { NUMBER($number) }
