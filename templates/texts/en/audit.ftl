audit-user-unknown = Nobody is known by this name. Someone who was deleted is found by the id.
audit-event-too-long = This is longer than the name of any event, such as login.failed or login.
audit-user-too-long = This is longer than any name: at most 254 characters.
audit-address-invalid = This has to be an IP address, such as 192.0.2.7 or 2001:db8::7.
audit-time-invalid = This has to be a day such as 2030-01-31, or a time such as 2030-01-31T12:00:00Z.
audit-until-invalid = This has to be after the beginning.
