layout-error = Error:
layout-skip-to-content = Skip to content
layout-account = Account
layout-todos = Todos
layout-admin = Admin
layout-your-account = Your account
layout-log-out = Log out
