admin-settings-title = Settings
admin-settings-lead = Those in force. They are changed in <code>Rocket.toml</code> or the environment, and count from the next start on.
admin-settings-set-and-not-shown = set, and not shown
admin-settings-not-set = not set
admin-settings-from = From { $place }
admin-settings-default = Default
