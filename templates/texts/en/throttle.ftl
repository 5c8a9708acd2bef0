throttle-wait = Too many attempts. Wait { $wait }, then try again.
throttle-seconds = { $count ->
        [one] { $count } second
       *[other] { $count } seconds
    }
throttle-minutes = { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
throttle-hours = { $count ->
        [one] { $count } hour
       *[other] { $count } hours
    }
